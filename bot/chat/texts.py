"""What the chat service itself says to the customer, in both languages: why a request is refused, and sorry."""

from collections.abc import Mapping
from typing import Final

from bot.core.answers import Twin, fill
from bot.core.company import Company
from bot.core.language import Language
from bot.core.text import MAX_MESSAGE_CHARACTERS

_LIMIT: Final = f"{MAX_MESSAGE_CHARACTERS:,}".replace(",", "\u00a0")
_BAD_REQUEST: Final[Twin] = {
    "fi": "Viestiä ei voitu lukea. Olkaa hyvä ja lähettäkää se uudelleen.",
    "sv": "Meddelandet kunde inte läsas. Var vänlig och skicka det igen.",
}
_TOO_LONG: Final[Twin] = {
    "fi": f"Viesti on liian pitkä: enintään {_LIMIT} merkkiä. Lyhentäkää sitä tai lähettäkää se osissa.",
    "sv": f"Meddelandet är för långt: högst {_LIMIT} tecken. Förkorta det eller skicka det i flera delar.",
}

ERRORS: Final[Mapping[str, Twin]] = {
    "bad_request": _BAD_REQUEST,
    "not_json": _BAD_REQUEST,
    "foreign_origin": {
        "fi": "Keskustelu ei ole käytettävissä tällä sivulla.",
        "sv": "Chatten kan inte användas på den här sidan.",
    },
    "no_conversation": {
        "fi": "Keskustelua ei löydy. Avatkaa keskustelu uudelleen.",
        "sv": "Konversationen hittades inte. Öppna chatten igen.",
    },
    "unknown_choice": {
        "fi": "Tämä painike ei ole enää käytössä. Kirjoittakaa asianne omin sanoin.",
        "sv": "Den här knappen går inte längre att använda. Skriv ert ärende med egna ord.",
    },
    "too_large": _TOO_LONG,
    "too_long": _TOO_LONG,
    "empty": {
        "fi": "Kirjoittakaa asianne sanoin, niin voimme auttaa.",
        "sv": "Skriv ert ärende med ord, så kan vi hjälpa er.",
    },
    "too_fast": {
        "fi": "Hetkinen, viestejä tulee nyt kovin nopeasti. Odottakaa pieni hetki ja lähettäkää viesti uudelleen.",
        "sv": "Ett ögonblick, meddelandena kommer mycket tätt. Vänta en liten stund och skicka meddelandet igen.",
    },
    "not_stored": {
        "fi": "Viestiä ei voitu tallentaa. Olkaa hyvä ja lähettäkää se hetken kuluttua uudelleen.",
        "sv": "Meddelandet kunde inte sparas. Var vänlig och skicka det igen om en stund.",
    },
    "unavailable": {
        "fi": "Keskustelua ei voida näyttää juuri nyt. Yrittäkää hetken kuluttua uudelleen.",
        "sv": "Konversationen kan inte visas just nu. Försök igen om en stund.",
    },
    "not_found": {
        "fi": "Sivua ei löydy.",
        "sv": "Sidan hittades inte.",
    },
    "not_allowed": {
        "fi": "Pyyntö ei ole sallittu.",
        "sv": "Begäran är inte tillåten.",
    },
    "failed": {
        "fi": "Jokin meni vikaan. Yrittäkää hetken kuluttua uudelleen.",
        "sv": "Något gick fel. Försök igen om en stund.",
    },
}
"""By error code of the protocol: one sentence or two that say what happened and what helps."""

_APOLOGY: Final[Twin] = {
    "fi": (
        "Valitettavasti en pysty vastaamaan juuri nyt. Yrittäkää hetken kuluttua uudelleen tai soittakaa "
        "asiakaspalveluumme: {phone} ({phone_price}).\n\n"
        "Hätätilanteessa soittakaa heti hätänumeroon {emergency_number}."
    ),
    "sv": (
        "Tyvärr kan jag inte svara just nu. Försök igen om en stund eller ring vår kundtjänst: "
        "{phone} ({phone_price}).\n\nI en nödsituation: ring genast nödnumret {emergency_number}."
    ),
}


def apology(company: Company, language: Language) -> str:
    """What the customer reads where Rasa gives no answer; with the emergency number, as nobody has read the message."""
    return fill(_APOLOGY[language], company.fixed(language))
