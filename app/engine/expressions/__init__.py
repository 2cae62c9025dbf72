"""How an expression is judged: reading answers, reckoning, functions, rows. Enter by ``app.engine.evaluate``."""
