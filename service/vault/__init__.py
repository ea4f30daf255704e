"""All cryptography of the service; nothing else imports a crypto library."""
