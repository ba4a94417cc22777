"""Rasa's response generator: the twin in the message's language, filled with what holds at the moment."""

import copy
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


class BilingualResponses(TemplatedNaturalLanguageGenerator):
    """Named in endpoints.yml. Each response has one variation a language, marked in its metadata."""

    def __init__(self, endpoint_config: EndpointConfig | None, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._company = read_content(ROOT, today=today()).company

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response `utter_action` in the language of the last message; None where there is no such response."""
        said = tracker.latest_message.parse_data if tracker.latest_message is not None else {}
        language = as_language(said.get("language"))
        response = self._variation(utter_action, language)
        if response is None:
            return None
        live = self._company.live(language, now(), is_finnish_holiday)
        response["text"] = fill(response.get("text", ""), live)
        if utter_action == _CLARIFY:
            response["buttons"] = [self._button(answer, language) for answer in said.get("options", [])]
        filled: dict[str, Any] = self._fill_response(response, tracker.current_slot_values(), **kwargs)
        return filled

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
