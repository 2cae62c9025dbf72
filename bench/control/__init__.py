"""CONTROL: the broad intake as a good Flask developer would write it by hand.

A static Flask-WTF class, its widgets through one macro, Flask-Login with an ORM user, and four ORM rows in one
transaction. It is what the product's form engine is measured against; nothing of the product is imported here.
"""
