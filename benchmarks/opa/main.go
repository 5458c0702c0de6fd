// The IMRT guideline in Open Policy Agent, asked through its Go library: reads the map of diagnoses, then cases as JSON lines,
// writes each answer, and at the end the processor time that the cases took. The query is prepared once.
package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"syscall"

	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

//go:embed imrt.rego
var policy string

func main() {
	runtime.GOMAXPROCS(1)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<26)
	input.Scan()
	var data map[string]any
	must(json.Unmarshal(input.Bytes(), &data))
	context := context.Background()
	query, err := rego.New(
		rego.Query("data.imrt.result"), rego.Module("imrt.rego", policy), rego.Store(inmem.NewFromObject(data)),
	).PrepareForEval(context)
	must(err)
	var cases []map[string]any
	for input.Scan() {
		var one map[string]any
		must(json.Unmarshal(input.Bytes(), &one))
		cases = append(cases, one)
	}
	answers := make([]any, len(cases))
	before := processorSeconds()
	for place, one := range cases {
		results, err := query.Eval(context, rego.EvalInput(one))
		must(err)
		answers[place] = results[0].Expressions[0].Value.(map[string]any)["answer"]
	}
	seconds := processorSeconds() - before
	output := json.NewEncoder(os.Stdout)
	for _, answer := range answers {
		must(output.Encode(answer))
	}
	fmt.Println(seconds)
}

func processorSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
