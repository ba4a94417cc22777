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
from bot.core.answers import fill
from bot.core.language import Language, as_language
from bot.settings import ROOT

_CLARIFY: Final = "utter_clarify"
_SEVERAL: Final = "utter_several_questions"


class BilingualResponses(TemplatedNaturalLanguageGenerator):
    """Named in endpoints.yml. Each response has one variation a language, marked in its metadata."""

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._company = read_content(ROOT, today=today()).company

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response `utter_action` in the language of the last message; None where there is no such response.

        The answers to several questions stand under `messages`, in order: the turn channel says one after the other.
        """
        said = tracker.latest_message.parse_data if tracker.latest_message is not None else {}
        language = as_language(said.get("language"))
        if utter_action == _SEVERAL:
            asked = said.get("answers", [])
            answers = [self._response(f"utter_{answer}", language) for answer in asked]
            return {"messages": [_one_of(asked, id_, one) for id_, one in zip(asked, answers, strict=True) if one]}
        response = self._response(utter_action, language)
        if response is None:
            return None
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
