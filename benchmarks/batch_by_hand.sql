-- The IMRT guideline as an engineer would write it in DuckDB for a table of rows: the six columns, nothing generated.
-- Unknown is null, as SQL's own three values have it. Beforehand there are three tables of data: `release` (each code of ICD-10-CM
-- without its dot: `heading`, what is said of one that is not billable, and the bits that it says by itself and beside no treatment),
-- `elsewhere` (the same bits of codes that the release does not hold, by where they start) and `clauses` (the bits of criterion 1).

create or replace temporary table lists as
select given, row_number() over () as list
from (select distinct diagnosis_codes as given from read_parquet('{rows}') where diagnosis_codes is not null);

create or replace temporary table entries as
select list, unnest(given) as entry, generate_subscripts(given, 1) as place from lists;

create or replace temporary table codes as
with written as (
    select distinct entry, upper(trim(entry, e' \t\n\r\x0b\f')) as read from entries where entry is not null
), checked as (
    select entry, read <> '' as given, regexp_full_match(read, '[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{{1,4}})?') as is_code, replace(read, '.', '') as code
    from written
)
select entry, given, is_code and given as is_code, heading, case when is_code then coalesce(release.alone, elsewhere.alone) end as alone,
    case when is_code then coalesce(release.beside, elsewhere.beside) end as beside
from checked left join release using (code) asof left join elsewhere on checked.code >= elsewhere.start;

-- Bits: 0 a code is given, 1 one that is none, 2 a heading, 3 a treatment, 4 speaks of the illness, then clear and open in
-- 5 6 malignant, 7 8 cns-metastasis, 9 10 distant-metastasis, 11 12 neoplasm, 13 14 criterion 1; from 15 clear in its clauses.
create or replace temporary table said as
select given, lists.list, alone | case when alone & 8 = 0 then beside else 0 end as says, problems
from lists join (
    select list,
        bit_or(coalesce(alone, 0) | cast(is_code as ubigint) | (cast(given and not is_code as ubigint) << 1) | (cast(heading is not null as ubigint) << 2)) as alone,
        bit_or(coalesce(beside, 0)) as beside,
        struct_pack(
            unreadable := string_agg('`' || entry || '` is not an ICD-10-CM code', '; ' order by place) filter (given and not is_code),
            headings := array_to_string(list_distinct(list(heading order by place) filter (heading is not null)), '; ')
        ) as problems
    from entries join codes using (entry) group by list
) using (list);

create or replace temporary table grounds as
select says as basis_of, ['1'] || (select coalesce(list(clause order by clause), []) from clauses where says & bit <> 0) as clauses
from (select distinct says from said);

copy (
    with read as (
        select requests.*, coalesce(says, 0) as says, said.list,
            nullif(upper(trim(procedure_code, e' \t\n\r\x0b\f')), '') as code,
            nullif(lower(trim(product, e' \t\n\r\x0b\f')), '') as plan,
            nullif(lower(trim(technique, e' \t\n\r\x0b\f')), '') as way,
            nullif(lower(trim(treatment_intent, e' \t\n\r\x0b\f')), '') as intent,
            (year(date_of_service) * 10000 + month(date_of_service) * 100 + day(date_of_service)
             - year(member_birth_date) * 10000 - month(member_birth_date) * 100 - day(member_birth_date)) // 10000 as age
        from read_parquet('{rows}') as requests left join said on diagnosis_codes = given
    ), dated as (
        select *,
            code in ('77385', '77386', 'G6015', 'G6016') as delivers,
            code in ('77387', 'G6017', '77301', '77338') as dropped,
            case when code in ('77385', '77386', '77387') or code between 'G6001' and 'G6017' then date '2015-01-01'
                when code in ('77301', '77418') then date '2002-01-01' when code = '77338' then date '2010-01-01' end as since,
            case when code in ('77385', '77386', '77014') or code between 'G6001' and 'G6017' then date '2025-12-31'
                when code = '77418' then date '2014-12-31' end as until,
            code in ('77385', '77386', 'G6015', 'G6016', '77301', '77338', '77418') as means_imrt,
            way in ('imrt', 'vmat') as is_imrt
        from read
    ), checked as (
        select *,
            coalesce(code is null or date_of_service is null or says & 2 <> 0
                or (says & 4 <> 0 and date_of_service >= date '2025-10-01')
                or not (delivers or dropped or regexp_full_match(code, '[0-9]{{5}}|[A-Z][0-9]{{4}}|[0-9]{{4}}[A-Z]')), false)
            or coalesce(way not in ('imrt', 'vmat', '3d-conformal', 'proton', 'other'), false)
            or coalesce(intent not in ('curative', 'local-control', 'palliative'), false)
            or coalesce(member_birth_date > date_of_service or age > 120, false)
            or coalesce(date_of_service < since or date_of_service > until, false)
            or coalesce(means_imrt and not is_imrt, false) as invalid,
            date_of_service >= date '2025-10-01' as current,
            plan in ('ma-hmo', 'ma-ppo') as ours,
            delivers or dropped or (code in ('77407', '77412') and date_of_service >= date '2026-01-01' and is_imrt) as listed,
            age < 18 as minor, age < 21 as young,
            case when says & 16 <> 0 then case when says & 32 <> 0 then true when says & 64 = 0 then false end end as malignant,
            case when says & 16 <> 0 then case when says & 128 <> 0 then true when says & 256 = 0 then false end end as cns,
            case when says & 16 <> 0 then case when says & 512 <> 0 then true when says & 1024 = 0 then false end end as distant,
            case when says & 16 <> 0 then case when says & 2048 <> 0 then true when says & 4096 = 0 then false end end as neoplasm,
            case when says & 16 <> 0 then case when says & 8192 <> 0 then true when says & 16384 = 0 then false end end as named
        from dated
    ), judged as (
        select *, ours and listed as in_scope,
            intent = 'curative' or (intent = 'local-control' and not malignant) or cns as definitive,
            (intent = 'curative' or (intent = 'local-control' and not malignant) or cns)
                and dose_escalation_concern and named and not distant as first,
            previously_irradiated and neoplasm as second,
            young and radiation_required and neoplasm as third
        from checked
    ), laddered as (
        select *, first or second or third as met,
            invalid or date_of_service < date '2025-01-01' or not coalesce(in_scope, true) as is_over,
            coalesce(not (first or second or third), false) as none_met
        from judged
    ), lacking as (
        select *,
            case when current and not is_over and not dropped and not coalesce(minor, false) then
                case when not coalesce(concurrent_proton_therapy, false) and met is null then
                    case when first is null and definitive is null and intent is null then 1 else 0 end
                    + case when first is null and dose_escalation_concern is null then 2 else 0 end
                    + case when second is null and previously_irradiated is null then 4 else 0 end
                    + case when third is null and radiation_required is null then 8 else 0 end
                    + case when minor is null or (third is null and young is null) then 16 else 0 end
                    + case when says & 16 = 0 then 32 else 0 end
                when minor is null then 16 else 0 end
                + case when concurrent_proton_therapy is null and not none_met then 64 else 0 end
            else 0 end
            + case when not is_over and in_scope is null then case when ours is null then 128 else 0 end + case when listed is null then 256 else 0 end else 0 end
            as lacks
        from laddered
    ), answered as (
        select *,
            case when invalid then 'invalid'
                when is_over then 'not-applicable'
                when in_scope is null then 'information-needed'
                when dropped then 'not-required'
                when not current then 'clinical-review'
                when minor then 'covered-without-review'
                when lacks <> 0 then 'information-needed'
                when concurrent_proton_therapy or none_met then 'clinical-review'
                when met then 'approved'
                else 'clinical-review' end as outcome
        from lacking
    )
    select answered.* exclude (
            says, list, code, plan, way, intent, age, delivers, dropped, since, until, means_imrt, is_imrt, invalid, current, ours, listed, minor,
            young, malignant, cns, distant, neoplasm, named, in_scope, definitive, first, second, third, met, is_over, none_met, lacks, outcome),
        outcome,
        case when outcome = 'clinical-review' then
            case when not current then 'judgement' when concurrent_proton_therapy then 'limitation'
                when none_met then 'criteria-not-met' else 'judgement' end end as review_reason,
        case outcome
            when 'approved' then
                case when first then case when second and third then clauses || ['2', '3'] when second then clauses || ['2']
                    when third then clauses || ['3'] else clauses end
                when second and third then ['2', '3'] when second then ['2'] else ['3'] end
            when 'covered-without-review' then ['note-minors']
            when 'clinical-review' then case when current and concurrent_proton_therapy then ['limitations'] else cast([] as varchar[]) end
            else cast([] as varchar[]) end as basis,
        case when outcome = 'information-needed' then list_where(
            ['age', 'concurrent_proton_therapy', 'diagnosis', 'dose_escalation_concern', 'previously_irradiated', 'product',
             'radiation_required', 'technique', 'treatment_intent'],
            [lacks & 16 <> 0, lacks & 64 <> 0, lacks & 32 <> 0, lacks & 2 <> 0, lacks & 4 <> 0, lacks & 128 <> 0, lacks & 8 <> 0,
             lacks & 256 <> 0, lacks & 1 <> 0]) else cast([] as varchar[]) end as missing,
        case when invalid or date_of_service < date '2025-01-01' then null when current then '2025-10-01'
            else '2025-01-01@2025-02-05' end as edition,
        case when invalid then concat_ws('; ',
            case when code is not null and not regexp_full_match(code, '[0-9]{{5}}|[A-Z][0-9]{{4}}|[0-9]{{4}}[A-Z]') then
                '`procedure_code`: `' || procedure_code || '` is not a CPT or HCPCS code: five digits, a letter and four digits, or four digits and a letter' end,
            case when says & 2 <> 0 then '`diagnosis_codes`: ' || problems.unreadable || ': write it like C61 or C50.911' end,
            case when way not in ('imrt', 'vmat', '3d-conformal', 'proton', 'other') then
                '`technique`: `' || technique || '` is not offered: it is `imrt`, `vmat`, `3d-conformal`, `proton` or `other`' end,
            case when intent not in ('curative', 'local-control', 'palliative') then
                '`treatment_intent`: `' || treatment_intent || '` is not offered: it is `curative`, `local-control` or `palliative`' end,
            case when date_of_service is null then '`date_of_service` is missing: On what date is the first treatment planned?' end,
            case when code is null then '`procedure_code` is missing: Which CPT or HCPCS code will be billed for treatment delivery?' end,
            case when member_birth_date > date_of_service then
                '`member_birth_date` ' || member_birth_date || ' lies after the date of service ' || date_of_service end,
            case when age > 120 then
                '`member_birth_date` ' || member_birth_date || ' gives an age of ' || age || ' on ' || date_of_service || '; check the year' end,
            case when says & 4 <> 0 and current then problems.headings end,
            case when date_of_service < since then '`' || code || '` is valid from ' || since || ', not on ' || date_of_service end,
            case when date_of_service > until then '`' || code || '` ended on ' || until || ' and is not valid on ' || date_of_service
                || case when delivers then '; use `77407` or `77412`' else '' end end,
            case when means_imrt and not is_imrt then
                '`' || code || '` cannot go with `' || way || '` as `technique`: it means `imrt` or `vmat`' end
        ) end as problem
    from answered
    left join grounds on case when outcome = 'approved' and first then says end = grounds.basis_of
    left join (select list as of_list, problems from said where says & 6 <> 0) as wrong on case when invalid then answered.list end = of_list
) to '{target}' (format parquet);
