"""Addresses of programmes and exercises."""

from django.urls import path

from programs.views import exercise, plan, unfinished, workout

urlpatterns = [
    path("clients/<int:pk>/programme/", plan.programme, name="programme"),
    path("clients/<int:pk>/phases/", plan.phase_add, name="phase-add"),
    path("clients/<int:pk>/deload/", plan.deload_add, name="deload-add"),
    path("programmes/<int:pk>/", plan.program, name="program"),
    path("programmes/<int:pk>/copies/", plan.program_assign, name="program-assign"),
    path("phases/<int:pk>/", plan.phase, name="phase"),
    path("phases/<int:pk>/removal/", plan.phase_remove, name="phase-remove"),
    path("phases/<int:pk>/workouts/", workout.workout_add, name="workout-add"),
    path("workouts/<int:pk>/", workout.workout, name="workout"),
    path("workouts/<int:pk>/place/", workout.workout_move, name="workout-move"),
    path("workouts/<int:pk>/copies/", workout.workout_copy, name="workout-copy"),
    path("workouts/<int:pk>/removal/", workout.workout_remove, name="workout-remove"),
    path("workouts/<int:pk>/lines/", workout.line_add, name="workout-line-add"),
    path("lines/<int:pk>/", workout.prescription, name="prescription"),
    path("lines/<int:pk>/place/", workout.prescription_move, name="prescription-move"),
    path("lines/<int:pk>/removal/", workout.prescription_remove, name="prescription-remove"),
    path("plan-changes/<int:pk>/undo/", plan.plan_undo, name="plan-undo"),
    path("exercises/", exercise.exercises, name="exercises"),
    path("exercises/new/", exercise.exercise_add, name="exercise-add"),
    path("exercises/suitability/", exercise.exercise_suitability, name="exercise-suitability"),
    path("exercises/to-complete/", unfinished.to_complete, name="exercises-to-complete"),
    path("exercises/<int:pk>/guess/", unfinished.confirm_guess, name="exercise-guess"),
    path("exercises/<int:pk>/merge/", unfinished.merge_into, name="exercise-merge"),
    path("exercises/<int:pk>/", exercise.exercise, name="exercise"),
]
