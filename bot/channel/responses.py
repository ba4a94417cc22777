"""Rasa's response generator: the twin in the message's language, filled with what holds at the moment."""

import copy
from collections.abc import Sequence
from typing import Any, Final

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.clock import is_finnish_holiday, now, today
from bot.content import read_content
from bot.core.answers import CAUTION, fill
from bot.core.language import Language, as_language
from bot.settings import ROOT

_CLARIFY: Final = "utter_clarify"
_NO_ANSWER: Final = frozenset({_CLARIFY, "utter_out_of_scope", "utter_offer_person"})
"""What is said where a message got no answer: a line about 112 goes before it where danger can't be ruled out."""
_EMERGENCY: Final = "utter_emergency"


class BilingualResponses(TemplatedNaturalLanguageGenerator):
    """Named in endpoints.yml. Each response has one variation a language, marked in its metadata."""

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        super().__init__(domain.responses)
        content = read_content(ROOT, today=today())
        self._company = content.company
        self._caution = content.answers[CAUTION].text

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response `utter_action` in the language of the last message; None where there is no such response.

        Where the message asks several things, their answers stand under `messages`, in the order asked: the turn
        channel says one after the other.
        """
        said = tracker.latest_message.parse_data if tracker.latest_message is not None else {}
        language = as_language(said.get("language"))
        asked = said.get("answers", [])
        if len(asked) > 1 and utter_action == f"utter_{said.get('answer')}":
            answers = [self._response(f"utter_{answer}", language) for answer in asked]
            messages = [_one_of(asked, id_, one) for id_, one in zip(asked, answers, strict=True) if one]
            if said.get("caution") == "always" and messages:
                messages[0] = self._with_caution(messages[0], language)
            return {"messages": messages}
        response = self._response(utter_action, language)
        if response is None:
            return None
        caution = said.get("caution")
        if (caution == "always" and utter_action != _EMERGENCY) or (
            caution == "unanswered" and utter_action in _NO_ANSWER
        ):
            response = self._with_caution(response, language)
        if utter_action == _CLARIFY:
            response["buttons"] = [self._button(answer, language) for answer in said.get("options", [])]
        filled: dict[str, Any] = self._fill_response(response, tracker.current_slot_values(), **kwargs)
        return filled

    def _response(self, utter_action: str, language: Language) -> dict[str, Any] | None:
        """A copy of the response, filled with what holds now."""
        response = self._variation(utter_action, language)
        if response is not None:
            response["text"] = fill(response.get("text", ""), self._company.live(language, now(), is_finnish_holiday))
        return response

    def _with_caution(self, response: dict[str, Any], language: Language) -> dict[str, Any]:
        line = fill(self._caution[language], self._company.fixed(language)).strip()
        return {**response, "text": f"{line}\n\n{response['text']}"}

    def _variation(self, utter_action: str, language: Language) -> dict[str, Any] | None:
        variations = self.responses.get(utter_action, [])
        for variation in variations:
            if variation.get("metadata", {}).get("language", language) == language:
                chosen: dict[str, Any] = copy.deepcopy(variation)
                return chosen
        return None

    def _button(self, answer: str, language: Language) -> dict[str, str]:
        variation = self._variation(f"utter_{answer}", language) or {}
        title = variation.get("metadata", {}).get("title", answer)
        return {"title": title, "payload": title, "answer": answer}


def _one_of(asked: Sequence[str], answer: str, response: dict[str, Any]) -> dict[str, Any]:
    """`response` as one answer of several, without buttons for what is being answered anyway."""
    buttons = [button for button in response.get("buttons", []) if button.get("answer") not in asked]
    return {**response, "answer": answer, "buttons": buttons}
