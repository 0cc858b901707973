【{{PORTAL_NAME}}】すでに登録されています
