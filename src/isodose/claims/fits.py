"""How each authorization of a member fits a line, as a number: 0 if it is the one claimed and nothing is wrong with it."""

# ruff: noqa: S608 - every text in the SQL is this module's own, or quoted by `text`
from __future__ import annotations

NOT_CLAIMED, UNKNOWN_PROVIDER, PROVIDER, DATES, CODE, ENDED = 32, 16, 8, 4, 2, 1
"""A bit each. Of the last four, the misfits, an earlier one is the greater number."""

ON_CLAIM = "replace(replace(upper({}), ' ', ''), '-', '')"
"""A number as it goes on a claim form, letters and digits alone: as ``desk.number.plain`` writes it in a letter."""

CHOSEN = ("number", "id", "from_date", "units")
"""What is asked of an authorization once it is chosen."""

MISFITS = PROVIDER | DATES | CODE | ENDED

MEETS = "bit_count({} & {}) > 0"
"""Whether two sets of services have one in common."""

_HOW = f"""
    case when isodose_claimed is null then {NOT_CLAIMED}
           when {{one}}.number = isodose_claimed then 0
           when {{one}}.on_claim = {ON_CLAIM.format("isodose_claimed")} then 0 else {NOT_CLAIMED} end
    | case when {{one}}.npis is null then 0
           when isodose_provider is null then {UNKNOWN_PROVIDER}
           when list_contains({{one}}.npis, isodose_provider) then 0 else {PROVIDER} end
    | case when isodose_day between {{one}}.since and {{one}}.until then 0 else {DATES} end
    | case when {MEETS.format("{one}.services", "isodose_services")} then 0 else {CODE} end
    | case when {{one}}.ended < isodose_day then {ENDED} else 0 end
"""

MET = f"""
select isodose_lines.*, {", ".join(f"alone.{one} as isodose_only_{one}, several.{one} as isodose_{one}" for one in CHOSEN)},
    case when alone.id is not null then {_HOW.format(one="alone")} end as isodose_flag,
    case when several.fitting is not null
         then list_transform(several.fitting, lambda one: {_HOW.format(one="one")}) end as isodose_flags
from isodose_lines
left join isodose_alone as alone on case when isodose_services is not null then isodose_member end = alone.member
left join isodose_several as several
    on case when isodose_services is not null and alone.id is null then isodose_member end = several.member
"""
"""Each line with the approved authorizations of its member and how each fits; none for a code of which no edition speaks.

``isodose_flag`` is that of a member's only one, which most have; ``isodose_flags`` are those of several.
"""


def _in_either(of_one: str, of_several: str) -> str:
    return f"case when isodose_only_id is not null then {of_one} else {of_several} end"


def of_approved(place: str, field: str) -> str:
    """A field of the approved authorization at a place."""
    return f"case when {place} is not null then {_in_either(f'isodose_only_{field}', f'isodose_{field}[{place}]')} end"


_FIRST = f"coalesce(list_position(isodose_flags, 0), list_position(isodose_flags, {NOT_CLAIMED}))"

FITTED = f"""
select *, {_in_either(f"case when isodose_flag in (0, {NOT_CLAIMED}) then 1 end", _FIRST)} as isodose_fit,
    coalesce({of_approved("isodose_fit", "from_date")}, isodose_day) as isodose_course
from isodose_met
"""
"""The place of the first choice, and the first date of the course: the authorization's, else that of the line."""

FLAGS = _in_either("[isodose_flag]", "isodose_flags")
"""How each approved authorization fits."""

LIMITS = _in_either("[isodose_only_units]", "isodose_units")
"""The units of each approved authorization."""

COUNTED = _in_either("[1]", "[list_position(isodose_number, one) for one in isodose_number]")
"""Where the units of each are counted: at the first with its number. One that was changed stands there for each span of days."""

_OPEN = UNKNOWN_PROVIDER, UNKNOWN_PROVIDER | NOT_CLAIMED

MAY_FIT = _in_either(f"isodose_flag in {_OPEN}", f"list_has_any(isodose_flags, {list(_OPEN)})")
"""Some authorization fits if the provider is one of its own."""

_KEYS = f"""list_transform(isodose_flags, lambda one, place: {{
    far: bit_count(one & {MISFITS}) * 16 - (one & {MISFITS}), number: isodose_number[place]}})"""

NEAREST = _in_either("1", f"list_position({_KEYS}, list_min({_KEYS}))")
"""The place of the authorization with the fewest misfits, in their order, then by number."""

OF_NEAREST = f"{_in_either('isodose_flag', 'isodose_flags[isodose_nearest]')} & {MISFITS}"
"""Its misfits."""

_LIMITED = "one.status = 'approved' and one.units is not null"

CROWDED = f"""
select distinct member from (
    select one.member, one.number
    from isodose_authorizations as one
    join (
        select isodose_member, isodose_services, sum(isodose_need) as billed, bool_or(isodose_need is null) as unknown
        from isodose_lines where isodose_member in (select one.member from isodose_authorizations as one where {_LIMITED})
        group by isodose_member, isodose_services
    ) on isodose_member = one.member and {MEETS.format("isodose_services", "one.services")}
    where {_LIMITED}
    group by one.member, one.number
    having sum(billed) > min(one.units) or bool_or(unknown)
)
"""
"""Members of whom more is billed for a service, on whatever day, than one authorization grants: few of all, and found fast."""

CONTESTED = f"""
select distinct member from (
    select one.member, one.number
    from isodose_authorizations as one
    join {{their_lines}} on isodose_member = one.member and isodose_need is distinct from 0
        and {MEETS.format("isodose_services", "one.services")}
    where {_LIMITED}
        and isodose_day between one.since and one.until and not coalesce(one.ended < isodose_day, false)
        and (one.npis is null or isodose_provider is null or list_contains(one.npis, isodose_provider))
    group by one.member, one.number
    having sum(isodose_need) > min(one.units) or bool_or(isodose_need is null)
)
"""
"""Of those, the members of whom more may be billed than was authorized. Of all others each line draws from its first choice."""
