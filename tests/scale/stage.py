"""Run in a process of its own against the primary: a KIM with texts ready to be published, told as JSON.

`python stage.py <texts>`: the tables must be there already.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from kim.accounts.models import Mandate, Person  # noqa: E402
from kim.evaluation.actions import recount  # noqa: E402
from kim.kernel import clock  # noqa: E402
from kim.media.actions import open_to_public, store  # noqa: E402
from kim.media.models import Purpose  # noqa: E402
from media.factories import jpeg  # noqa: E402
from publishing.factories import house  # noqa: E402
from world import signed_in  # noqa: E402


def main() -> None:
    here = house()
    Person.objects.update(joined_at=clock.now() - timedelta(days=30))  # in its first week nobody writes so much a day
    hat = Mandate.objects.get(person_id=here.editor.person_id)
    ready = [here.decided(title=f"Kabar nomor {n} dari Ngebel") for n in range(int(sys.argv[1]))]
    first = here.published(title="Kabar pertama dari Ngebel")
    photos = [store(jpeg(), purpose=Purpose.PHOTO, actor=here.editor, kim_id=here.kim.id) for _ in range(2)]
    open_to_public([photos[0].id])
    recount()
    told = {
        "photo": str(photos[0].id),
        "private": str(photos[1].id),
        "kim": here.kim.slug,
        "session": signed_in(Person.objects.get(id=here.editor.person_id), hat),
        "ready": [str(article.id) for article in ready],
        "first": first.get_absolute_url(),
    }
    print(json.dumps(told))


main()
