access-decide = Applications are considered by the chair of the organisation and the administrators, and you hold no such role here. An administrator grants the roles.
access-invite = Chairs, organisers and administrators can invite, each to their own organisations. An administrator assigns the roles.
access-see_members = The list of members is for chairs, organisers and administrators, and you hold no such role. Roles are granted by the administrator of your organisation.
access-grant = Roles are granted and revoked by an administrator, and you are not one. Please ask the administrator of your organisation.
access-audit = The journal is for administrators, and you are not one. Please ask the administrator of your organisation.
access-arrange = Interests are kept by administrators, and you do not hold that role. Ask the administrator of your organisation.
access-post = News is written by organisers and admins, and you hold no such role here. Roles are given by an admin.
access-publish = News is published and channels are connected by organisers with the right to publish, which you do not have here. You can send news for review.
