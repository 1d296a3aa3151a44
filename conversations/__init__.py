"""The pure room: forms, questions, answers and the engine that plays them."""
