"""A client's own data as a file: all that was logged, without what the coach wrote for themselves."""

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from clients.access import ClientRequest, client_required_even_closed
from coaching.exchange.exporting import export_bundle


@require_safe
@client_required_even_closed
def own_data(request: ClientRequest) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reserve.zip"
        export_bundle(path, coach=request.client.coach, client=request.client, for_client=True)
        content = path.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="reserve.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
