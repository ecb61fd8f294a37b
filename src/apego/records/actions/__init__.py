"""The verbs, by noun. Called through their module, they read aloud: `visits.finish(visit=…, by=…)`."""
