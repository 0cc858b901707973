【{{PORTAL_NAME}}】アカウントの登録を解除しました
