# The IMRT guideline of 2025-10-01 for Open Policy Agent. A truth is 1 (met), 0 (not met) or 0.5 (unknown): `min` is "all",
# `max` is "any". `data.starts` is the map of diagnoses: the start of a code to [clause, truth], the longest start wins.
package imrt

import rego.v1

default_of(fact, otherwise) := object.get(input, fact, otherwise)

yes(fact) := 1 if default_of(fact, null) == true
else := 0 if default_of(fact, null) == false
else := 0.5

is_(fact, value) := 0.5 if default_of(fact, null) == null
else := 1 if default_of(fact, null) == value
else := 0

digits(day) := to_number(replace(day, "-", ""))

age := floor((digits(input.date_of_service) - digits(input.member_birth_date)) / 10000) if is_string(input.member_birth_date)

younger(years) := 0.5 if not is_string(default_of("member_birth_date", null))
else := 1 if age < years
else := 0

codes := default_of("diagnosis_codes", null) if is_array(default_of("diagnosis_codes", null))
else := []

row(code) := one if one := data.starts[substring(code, 0, 7)]
else := one if one := data.starts[substring(code, 0, 6)]
else := one if one := data.starts[substring(code, 0, 5)]
else := one if one := data.starts[substring(code, 0, 3)]
else := ["unlisted", 0]

found := [[code, row(code)] | some code in codes]

treated if {
	some one in found
	one[1][0] == "treatment"
}

aside(home) if home in {"aside", "treatment"}

aside(home) if {
	home == "unlisted"
	treated
}

tumors := [one | some one in found; not aside(one[1][0])]

untold if count(tumors) == 0

listed := 0.5 if untold
else := max([one[1][1] | some one in tumors])

starts_any(starts) if {
	some one in tumors
	some start in starts
	startswith(one[0], start)
}

# The sets of the guideline's map: a code of chapter 2 is a neoplasm surely, any other may be; of the other sets a code is never
# surely one, only perhaps, for a clinician to settle.
neoplasm := 0.5 if untold
else := 1 if starts_any(["C", "D0", "D1", "D2", "D3", "D4"])
else := 0.5

doubtful(starts) := 0.5 if untold
else := 0.5 if starts_any(starts)
else := 0

malignant := doubtful(["C", "D0"])

distant := doubtful(["C78", "C79", "C7B", "C80.0"])

cns := doubtful(["C79.31", "C79.32", "C79.40", "C79.49"])

in_clause(clause) := 0.5 if untold
else := max([truth |
	some one in tumors
	truth := truth_in(one[1], clause)
])

truth_in(home, clause) := home[1] if home[0] == clause
else := home[1] if startswith(home[0], concat("", [clause, "."]))
else := 0

clauses := {clause: in_clause(clause) | some clause in data.clauses}

not_required if input.procedure_code in {"77387", "G6017", "77301", "77338"}

ours := 0.5 if default_of("product", null) == null
else := 1 if input.product in {"ma-hmo", "ma-ppo"}
else := 0

code := 1 if input.procedure_code in {"77385", "77386", "G6015", "G6016"}
else := 1 if not_required
else := technique if {
	input.procedure_code in {"77407", "77412"}
	input.date_of_service >= "2026-01-01"
}
else := 0

technique := 0.5 if default_of("technique", null) == null
else := 1 if input.technique in {"imrt", "vmat"}
else := 0

scope := min([ours, code])

intent := max([
	is_("treatment_intent", "curative"),
	min([is_("treatment_intent", "local-control"), 1 - malignant]),
	cns,
])

criterion_1 := min([intent, yes("dose_escalation_concern"), listed, 1 - distant])

criterion_2 := min([yes("previously_irradiated"), neoplasm])

criterion_3 := min([younger(21), yes("radiation_required"), neoplasm])

criteria := max([criterion_1, criterion_2, criterion_3])

limitation := yes("concurrent_proton_therapy")

asks if {
	criterion_1 == 0.5
	untold
}

asks if {
	criterion_1 == 0.5
	yes("dose_escalation_concern") == 0.5
}

asks if {
	criterion_1 == 0.5
	intent == 0.5
	default_of("treatment_intent", null) == null
}

asks if {
	criterion_2 == 0.5
	untold
}

asks if {
	criterion_2 == 0.5
	yes("previously_irradiated") == 0.5
}

asks if {
	criterion_3 == 0.5
	untold
}

asks if {
	criterion_3 == 0.5
	younger(21) == 0.5
}

asks if {
	criterion_3 == 0.5
	yes("radiation_required") == 0.5
}

answer := ["not-applicable", null] if scope == 0
else := ["information-needed", null] if scope == 0.5
else := ["not-required", null] if not_required
else := ["covered-without-review", null] if younger(18) == 1
else := ["information-needed", null] if younger(18) == 0.5
else := ["clinical-review", "limitation"] if limitation == 1
else := ["clinical-review", "criteria-not-met"] if criteria == 0
else := ["information-needed", null] if limitation == 0.5
else := ["approved", null] if criteria == 1
else := ["information-needed", null] if asks
else := ["clinical-review", "judgement"]

result := {"answer": answer, "clauses": clauses}
