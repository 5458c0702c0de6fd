// Questionnaires in LHC-Forms: its own reading, its own conditions, its own answers. Nothing is decided here.

/* global LForms */

const VERSION = "R4";

function filledIn(questionnaire, response) {
  const form = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, VERSION);
  return LForms.Util.mergeFHIRDataIntoLForms("QuestionnaireResponse", response, form, VERSION);
}

function responseOf(form) {
  return LForms.Util.getFormFHIRData("QuestionnaireResponse", VERSION, form);
}

// For each response what the form, not drawn, gives back once its conditions have been evaluated, and what it hides.
async function answered(questionnaire, responses) {
  const found = [];
  for (const response of responses) {
    const form = new LForms.LFormsData(filledIn(questionnaire, response));
    await form._expressionProcessor.runCalculations(true);
    const hidden = form.itemList.filter((item) => item._enableWhenExpVal === false).map((item) => item.linkId);
    found.push({ hidden, response: responseOf(form) });
  }
  return found;
}

// The form drawn on the page with a response in it.
async function draw(questionnaire, response) {
  await LForms.Util.addFormToPage(filledIn(questionnaire, response), "form", { fhirVersion: VERSION });
}

// The questions that stand on the page, and the answers that its form gives back.
function drawn(questionnaire) {
  const links = questionnaire.item.map((item) => item.linkId);
  return { shown: links.filter((link) => document.getElementById(`item-${link}/1`)), response: responseOf("#form") };
}
