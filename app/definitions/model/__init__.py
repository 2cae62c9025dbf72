"""The checked, frozen types that leave the definitions room: what a form, a workflow and an expression are."""
