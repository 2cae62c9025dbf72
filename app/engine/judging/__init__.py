"""What is prepared once a form, so that judging one set of answers is cheap?

``layout`` lays a form out as steps in order of dependency; ``settling`` decides what is visible and what counts
(visibility,
defaults, computed values); ``checks`` looks at what is left: required, limits, rules. Enter by :mod:`app.engine.judge`.
"""
