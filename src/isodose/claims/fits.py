"""How each authorization of a member fits a line, as a number: 0 if it is the one claimed and nothing is wrong with it."""

# ruff: noqa: S608 - every text in the SQL is this module's own, or quoted by `text`
from __future__ import annotations

NOT_CLAIMED, UNKNOWN_PROVIDER, PROVIDER, DATES, CODE, ENDED = 32, 16, 8, 4, 2, 1
"""A bit each. Of the last four, the misfits, an earlier one is the greater number."""

ON_CLAIM = "replace(replace(upper({}), ' ', ''), '-', '')"
"""A number as it goes on a claim form, letters and digits alone: as ``desk.number.plain`` writes it in a letter."""

OF_SEVERAL = ("number", "id", "from_date", "units")
"""What is asked of one of several authorizations once it is chosen."""

MISFITS = PROVIDER | DATES | CODE | ENDED

MEETS = "bit_count({} & {}) > 0"
"""Whether two sets of services have one in common."""

_HOW = f"""
    case when isodose_claimed is null or {{one}}.on_claim <> isodose_claimed then {NOT_CLAIMED} else 0 end
    | case when {{one}}.npis is null then 0
           when isodose_provider is null then {UNKNOWN_PROVIDER}
           when list_contains({{one}}.npis, isodose_provider) then 0 else {PROVIDER} end
    | case when isodose_day between {{one}}.since and {{one}}.until then 0 else {DATES} end
    | case when {MEETS.format("{one}.services", "isodose_services")} then 0 else {CODE} end
    | case when {{one}}.ended < isodose_day then {ENDED} else 0 end
"""

MET = f"""
select isodose_lines.*, members.only_one as isodose_only, {", ".join(f"members.{one} as isodose_{one}" for one in OF_SEVERAL)},
    members.pending as isodose_pending, members.denied as isodose_denied, members.contested as isodose_contested,
    case when members.only_one is not null then [{_HOW.format(one="members.only_one")}]
         else list_transform(members.several, lambda one: {_HOW.format(one="one")}) end as isodose_flags
from isodose_lines
left join isodose_members as members
    on case when isodose_services is not null then isodose_member end = members.member
"""
"""Each line with the approved authorizations of its member and how each fits; none for a code of which no edition speaks."""


def of_approved(place: str, field: str) -> str:
    """A field of the approved authorization at a place."""
    return (
        f"case when {place} is null then null when isodose_only is not null then isodose_only.{field} "
        f"else isodose_{field}[{place}] end"
    )


FITTED = f"""
select *, coalesce(list_position(isodose_flags, 0), list_position(isodose_flags, {NOT_CLAIMED})) as isodose_fit,
    coalesce({of_approved("isodose_fit", "from_date")}, isodose_day) as isodose_course
from isodose_met
"""
"""The place of the first choice, and the first date of the course: the authorization's, else that of the line."""

LIMITS = "case when isodose_only is not null then [isodose_only.units] else isodose_units end"
"""The units of each approved authorization."""

COUNTED = """case when isodose_only is not null then [1]
    else [list_position(isodose_number, one) for one in isodose_number] end"""
"""Where the units of each are counted: at the first with its number. One that was changed stands there for each span of days."""

MAY_FIT = f"""(list_contains(isodose_flags, {UNKNOWN_PROVIDER})
    or list_contains(isodose_flags, {UNKNOWN_PROVIDER | NOT_CLAIMED}))"""
"""Some authorization fits if the provider is one of its own."""

_KEYS = f"""list_transform(isodose_flags, lambda one, place: {{
    far: bit_count(one & {MISFITS}) * 16 - (one & {MISFITS}), number: isodose_number[place]}})"""

NEAREST = f"case when isodose_only is not null then 1 else list_position({_KEYS}, list_min({_KEYS})) end"
"""The place of the authorization with the fewest misfits, in their order, then by number."""

CROWDED = f"""
select distinct member from (
    select one.member, one.number
    from isodose_authorizations as one
    join (
        select isodose_member, isodose_services, sum(isodose_need) as billed, bool_or(isodose_need is null) as unknown
        from isodose_lines where isodose_services is not null and isodose_need is distinct from 0
        group by isodose_member, isodose_services
    ) on isodose_member = one.member and {MEETS.format("isodose_services", "one.services")}
    where one.status = 'approved' and one.units is not null
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
    where one.status = 'approved' and one.units is not null
        and isodose_day between one.since and one.until and not coalesce(one.ended < isodose_day, false)
        and (one.npis is null or isodose_provider is null or list_contains(one.npis, isodose_provider))
    group by one.member, one.number
    having sum(isodose_need) > min(one.units) or bool_or(isodose_need is null)
)
"""
"""Of those, the members of whom more may be billed than was authorized. Of all others each line draws from its first choice."""
