"""The packs that come with Steelyard pass the suite that their authors' colleagues use."""

from steelyard.packs.testing import PackConformance


class TestAutomotive(PackConformance):
    pack = "automotive"


class TestEducation(PackConformance):
    pack = "education"


class TestEcommerce(PackConformance):
    pack = "ecommerce"


class TestSupplier(PackConformance):
    pack = "supplier"


class TestServiceTeam(PackConformance):
    pack = "service-team"


class TestTelecom(PackConformance):
    pack = "telecom"


class TestStandards(PackConformance):
    pack = "standards"
