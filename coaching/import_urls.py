"""Pages of imports and of what they say at first sight."""

from django.urls import URLPattern, URLResolver, path

from coaching.views import first_look, imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("clients/<int:pk>/import/", imports.client_imports, name="client-imports"),
    path("clients/<int:pk>/import/<int:import_pk>/", imports.client_import, name="client-import"),
    path("clients/<int:pk>/import/<int:import_pk>/run/", imports.client_import_run, name="client-import-run"),
    path(
        "clients/<int:pk>/import/<int:import_pk>/undo/", imports.client_import_undo, name="client-import-undo"
    ),
    path("clients/<int:pk>/first-look/", first_look.client_first_look, name="client-first-look"),
    path("train/settings/import/", imports.own_imports, name="own-imports"),
    path("train/settings/import/<int:import_pk>/", imports.own_import, name="own-import"),
    path("train/settings/import/<int:import_pk>/run/", imports.own_import_run, name="own-import-run"),
    path("train/settings/import/<int:import_pk>/undo/", imports.own_import_undo, name="own-import-undo"),
]
