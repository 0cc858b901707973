【{{PORTAL_NAME}}】ログインの失敗が続いています
