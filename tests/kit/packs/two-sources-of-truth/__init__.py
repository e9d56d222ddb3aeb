from steelyard.packs import hookimpl


@hookimpl
def steelyard_schemes():
    return []
