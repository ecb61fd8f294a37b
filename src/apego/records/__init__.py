"""What is kept and who may see it: models, access, actions, the log, destruction.

Nothing here knows of a page. A model is a noun; what changes it is a verb in `apego.records.actions`;
who may see it is answered by `apego.records.access` and nowhere else.
"""
