"""Rasa importer: the FAQ and the replies become intents, responses, rules and training examples."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.clock import today
from bot.content import Content, read_content
from bot.core.answers import CAUTION, Answer, fill
from bot.core.language import LANGUAGES, Language
from bot.settings import ROOT


class FaqImporter(RasaFileImporter):
    """Rasa's own files, and the company's content beside them.

    Raises `ContentError` with file, key and remedy where the content breaks a rule: nothing is trained from it.
    """

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._content = read_content(ROOT, today=today())

    @cached_method
    def get_domain(self) -> Domain:
        """domain.yml with an intent and a response for each answer and reply."""
        domain: Domain = super().get_domain()
        return domain.merge(Domain.from_dict(content_domain(self._content)))

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """data/rules.yml and data/stories.yml, and one rule for each topic of the FAQ: asked → answered."""
        graph: StoryGraph = super().get_stories(exclusion_percentage)
        rules = content_rules(self._content)
        topics = Domain.from_dict({"intents": [rule["steps"][0]["intent"] for rule in rules]})
        return graph.merge(StoryGraph(YAMLStoryReader(topics).read_from_parsed_yaml({"rules": rules})))

    @cached_method
    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The training messages, and each answer's own questions and title."""
        data: TrainingData = super().get_nlu_data(language)
        return data.merge(TrainingData(content_examples(self._content)))


def content_domain(content: Content) -> Dict[str, Any]:
    """The part of the domain that the content makes, in the shape of domain.yml."""
    answers = content.answers.values()
    return {
        # intents with a response key are added by Rasa's own importer
        "intents": sorted({answer.id for answer in answers if not answer.is_reply and "/" not in answer.id}),
        "responses": {
            f"utter_{answer.id}": [_response(answer, language, content) for language in LANGUAGES]
            for answer in answers
            if answer.id != CAUTION  # no reply of its own: bot/channel/responses.py says it before another
        },
    }


def content_rules(content: Content) -> List[Dict[str, Any]]:
    """One rule for each topic."""
    topics = sorted({answer.intent for answer in content.answers.values() if not answer.is_reply})
    return [
        {"rule": f"asked about {topic}", "steps": [{"intent": topic}, {"action": f"utter_{topic}"}]} for topic in topics
    ]


def content_examples(content: Content) -> List[Message]:
    """The FAQ's questions and the titles on its buttons, as training examples of their answers."""
    return [
        _example(text, answer, language)
        for answer in content.answers.values()
        if not answer.is_reply
        for language in LANGUAGES
        for text in (*answer.questions[language], answer.title[language])
    ]


def _example(text: str, answer: Answer, language: Language) -> Message:
    message = Message.build(text=text, intent=answer.id)
    message.set(METADATA, {"example": {"language": language, "persona": "faq"}})
    return message


def _response(answer: Answer, language: Language, content: Content) -> Dict[str, Any]:
    response: Dict[str, Any] = {
        "text": fill(answer.text[language], content.company.fixed(language)),
        "metadata": {"language": language, "title": answer.title[language]},
    }
    if answer.follow_up:
        response["buttons"] = [
            {
                "title": content.answers[other].title[language],
                "payload": content.answers[other].title[language],
                "answer": other,
            }
            for other in answer.follow_up
        ]
    return response
