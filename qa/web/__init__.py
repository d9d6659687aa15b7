"""The web workplace: one Gradio app, one file a tab."""
