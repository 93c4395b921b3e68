"""The manners all doors share: who may knock, replay, throttle, errors, paging."""
