"""The kinds of problems that packs have.

loading     why a pack, or a file of it, cannot be used
content     names that do not fit, figures of cases that do not hold
authoring   what else an author is told
attribute   attributes and values that do not agree
misplaced   files where or how nobody can read them
record      record tables, measures and generators
"""

from steelyard.packs.problems.attribute import ATTRIBUTE_DIFFERS as ATTRIBUTE_DIFFERS
from steelyard.packs.problems.attribute import CASE_PERIOD as CASE_PERIOD
from steelyard.packs.problems.attribute import CASE_UNKNOWN_ATTRIBUTE as CASE_UNKNOWN_ATTRIBUTE
from steelyard.packs.problems.attribute import CASE_UNKNOWN_VARIANT as CASE_UNKNOWN_VARIANT
from steelyard.packs.problems.attribute import LINE_WITHOUT_PERCENT as LINE_WITHOUT_PERCENT
from steelyard.packs.problems.attribute import SAMPLE_OUTSIDE_SCALE as SAMPLE_OUTSIDE_SCALE
from steelyard.packs.problems.attribute import UNREAD_ATTRIBUTE as UNREAD_ATTRIBUTE
from steelyard.packs.problems.authoring import EVALUATION_RAISES as EVALUATION_RAISES
from steelyard.packs.problems.authoring import EXISTS as EXISTS
from steelyard.packs.problems.authoring import MEASURE_RENAMED as MEASURE_RENAMED
from steelyard.packs.problems.authoring import NO_CASES as NO_CASES
from steelyard.packs.problems.authoring import NO_NOTE as NO_NOTE
from steelyard.packs.problems.authoring import NO_SCHEMES as NO_SCHEMES
from steelyard.packs.problems.authoring import NO_SOURCE as NO_SOURCE
from steelyard.packs.problems.authoring import NO_TITLE as NO_TITLE
from steelyard.packs.problems.authoring import NOT_INSTALLED as NOT_INSTALLED
from steelyard.packs.problems.authoring import ONE_LANGUAGE as ONE_LANGUAGE
from steelyard.packs.problems.authoring import SAMPLE_ABOVE_FULL as SAMPLE_ABOVE_FULL
from steelyard.packs.problems.authoring import SAMPLE_ATTRIBUTE as SAMPLE_ATTRIBUTE
from steelyard.packs.problems.authoring import SAMPLE_PERIOD as SAMPLE_PERIOD
from steelyard.packs.problems.authoring import SAMPLE_UNIT as SAMPLE_UNIT
from steelyard.packs.problems.authoring import SAMPLE_UNIT_TYPE as SAMPLE_UNIT_TYPE
from steelyard.packs.problems.authoring import SCHEME_NAME as SCHEME_NAME
from steelyard.packs.problems.authoring import STRAY_FILE as STRAY_FILE
from steelyard.packs.problems.authoring import UNWRITABLE as UNWRITABLE
from steelyard.packs.problems.content import CASE_MISMATCH as CASE_MISMATCH
from steelyard.packs.problems.content import CASE_UNKNOWN_MEASURE as CASE_UNKNOWN_MEASURE
from steelyard.packs.problems.content import CASE_UNKNOWN_NODE as CASE_UNKNOWN_NODE
from steelyard.packs.problems.content import DUPLICATE_ADVICE as DUPLICATE_ADVICE
from steelyard.packs.problems.content import DUPLICATE_NAME as DUPLICATE_NAME
from steelyard.packs.problems.content import DUPLICATE_UNIT as DUPLICATE_UNIT
from steelyard.packs.problems.content import FOREIGN_NAME as FOREIGN_NAME
from steelyard.packs.problems.content import PLAN_DUPLICATE_CODE as PLAN_DUPLICATE_CODE
from steelyard.packs.problems.content import PLAN_UNKNOWN_NAME as PLAN_UNKNOWN_NAME
from steelyard.packs.problems.content import UNIT_CYCLE as UNIT_CYCLE
from steelyard.packs.problems.content import UNKNOWN_CALENDAR as UNKNOWN_CALENDAR
from steelyard.packs.problems.content import UNKNOWN_INDICATOR as UNKNOWN_INDICATOR
from steelyard.packs.problems.content import UNKNOWN_PARENT as UNKNOWN_PARENT
from steelyard.packs.problems.content import UNKNOWN_RUBRIC as UNKNOWN_RUBRIC
from steelyard.packs.problems.content import UNKNOWN_SCHEME as UNKNOWN_SCHEME
from steelyard.packs.problems.loading import ALLOWED_ABSENT as ALLOWED_ABSENT
from steelyard.packs.problems.loading import API_VERSION as API_VERSION
from steelyard.packs.problems.loading import BAD_PACK_NAME as BAD_PACK_NAME
from steelyard.packs.problems.loading import BAD_RECORD as BAD_RECORD
from steelyard.packs.problems.loading import BAD_SIGNATURE as BAD_SIGNATURE
from steelyard.packs.problems.loading import HOOK_BESIDE_FILES as HOOK_BESIDE_FILES
from steelyard.packs.problems.loading import HOOK_FAILED as HOOK_FAILED
from steelyard.packs.problems.loading import IMPORT_FAILED as IMPORT_FAILED
from steelyard.packs.problems.loading import NAME_CLASH as NAME_CLASH
from steelyard.packs.problems.loading import NAMES as NAMES
from steelyard.packs.problems.loading import NO_FOLDER as NO_FOLDER
from steelyard.packs.problems.loading import NO_INFO as NO_INFO
from steelyard.packs.problems.loading import NO_PACK_FILE as NO_PACK_FILE
from steelyard.packs.problems.loading import NOT_ALLOWED as NOT_ALLOWED
from steelyard.packs.problems.loading import NOT_UTF8 as NOT_UTF8
from steelyard.packs.problems.loading import OUTSIDE as OUTSIDE
from steelyard.packs.problems.loading import TOO_LARGE as TOO_LARGE
from steelyard.packs.problems.loading import UNKNOWN_HOOK as UNKNOWN_HOOK
from steelyard.packs.problems.loading import UNMARKED_HOOK as UNMARKED_HOOK
from steelyard.packs.problems.loading import UNREADABLE as UNREADABLE
from steelyard.packs.problems.loading import version_values as version_values
from steelyard.packs.problems.misplaced import MISPLACED_SCHEME as MISPLACED_SCHEME
from steelyard.packs.problems.misplaced import SPREADSHEET as SPREADSHEET
from steelyard.packs.problems.record import GENERATOR_TABLE as GENERATOR_TABLE
from steelyard.packs.problems.record import GENERATOR_TWICE as GENERATOR_TWICE
from steelyard.packs.problems.record import MEASURE_MISFIT as MEASURE_MISFIT
from steelyard.packs.problems.record import MEASURE_SCALE as MEASURE_SCALE
from steelyard.packs.problems.record import MEASURE_UNREAD as MEASURE_UNREAD
from steelyard.packs.problems.record import RECORD_BOUNDS as RECORD_BOUNDS
from steelyard.packs.problems.record import RECORD_CHOICE_CLASH as RECORD_CHOICE_CLASH
from steelyard.packs.problems.record import RECORD_CHOICES as RECORD_CHOICES
from steelyard.packs.problems.record import RECORD_COLUMN_TYPE as RECORD_COLUMN_TYPE
from steelyard.packs.problems.record import RECORD_DERIVED_TYPE as RECORD_DERIVED_TYPE
from steelyard.packs.problems.record import RECORD_DUPLICATE as RECORD_DUPLICATE
from steelyard.packs.problems.record import RECORD_HEADER_CLASH as RECORD_HEADER_CLASH
from steelyard.packs.problems.record import RECORD_HEADER_RESERVED as RECORD_HEADER_RESERVED
from steelyard.packs.problems.record import RECORD_NAME as RECORD_NAME
from steelyard.packs.problems.record import RECORD_NOT_REQUIRED as RECORD_NOT_REQUIRED
from steelyard.packs.problems.record import RECORD_OFFSET as RECORD_OFFSET
from steelyard.packs.problems.record import RECORD_ONE_OF as RECORD_ONE_OF
from steelyard.packs.problems.record import RECORD_OPERAND as RECORD_OPERAND
from steelyard.packs.problems.record import RECORD_OUTLIER_TIMES as RECORD_OUTLIER_TIMES
from steelyard.packs.problems.record import RECORD_PLACES as RECORD_PLACES
from steelyard.packs.problems.record import RECORD_TEST as RECORD_TEST
from steelyard.packs.problems.record import RECORD_UNKNOWN_CHOICE as RECORD_UNKNOWN_CHOICE
from steelyard.packs.problems.record import RECORD_UNKNOWN_COLUMN as RECORD_UNKNOWN_COLUMN
from steelyard.packs.problems.record import RECORD_UNKNOWN_TABLE as RECORD_UNKNOWN_TABLE
