# The words of the desk, français. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Bureau
desk-code = Coder
desk-settle = Trancher
desk-review = Relire
desk-rules = Règles
desk-explore = Explorer
desk-rooms = Pages
# Between a name and what is said of it.
desk-colon = { " " }:
desk-coder = Codage : { $coder }
desk-another = Changer
desk-faults = Le corpus contient des erreurs. Vous voyez son état d’avant.
desk-faults-first = Le corpus contient des erreurs. Corrigez-les dans un éditeur, puis rechargez cette page.
desk-offline = Le programme ne répond pas. Regardez le terminal. Votre dernière réponse n’est peut-être pas enregistrée.
desk-earlier-rules = rules.toml contient des erreurs. Jusqu’à leur correction, les règles précédentes codent.
desk-no-rules = rules.toml contient des erreurs. Jusqu’à leur correction, aucune règle ne code. Le codage à la main peut continuer.
desk-without-labels = Des fichiers de codes contiennent des erreurs. Jusqu’à leur correction, ces fichiers ne comptent pas. Le codage à la main peut continuer dans les autres.
desk-repair-rules = Réparer les règles
desk-trouble = Impossible d’afficher cela maintenant.
desk-trouble-file = Le fichier contient des erreurs : rien n’y est enregistré.
desk-trouble-again = Corrigez-le dans un éditeur, puis rechargez cette page. Rien n’a été écrit.
desk-write-again =
    { $count ->
         [one] Réécrire la dernière réponse lue
        *[other] Réécrire les { $count } réponses lues en dernier
    }
desk-begin-anew = Commencer un nouveau fichier
desk-no-key = La touche « { $key } » ne fait rien ici.
desk-why = Codes et preuves
desk-single-keys = Les touches répondent
desk-undo = Annuler
desk-previous = Précédente
desk-next = Suivante
desk-skip = Passer
desk-save = Enregistrer
desk-set-aside = Mise de côté : qui écrit les règles ne la voit pas

## Answers that another program dropped or changed

desk-lost =
    { $count ->
         [one] { $count } réponse donnée ici n’est plus dans le fichier
        *[other] { $count } réponses données ici ne sont plus dans le fichier
    }
desk-lost-why = Le fichier est tel qu’il était avant, ou cela y manque : une version plus ancienne a peut-être été enregistrée par-dessus. Ce que vous remettez s’ajoute à ce que le fichier contient maintenant.
desk-changed =
    { $count ->
         [one] { $count } réponse donnée ici est maintenant une autre
        *[other] { $count } réponses données ici sont maintenant d’autres
    }
desk-changed-why = Un autre programme a changé cela dans le fichier depuis.
desk-given-here = Votre réponse : { $answer }
desk-in-file = Dans le fichier : { $answer }
desk-no-answer = aucune réponse
desk-with-note = { $answer }, note « { $note } »
desk-put-back =
    { $count ->
         [one] Remettre la réponse
        *[other] Remettre les { $count } réponses
    }
desk-put-back-mine =
    { $count ->
         [one] Mettre ma réponse à sa place
        *[other] Mettre mes { $count } réponses à leur place
    }
desk-leave-file = Laisser le fichier tel quel
desk-put-back-done =
    { $count ->
         [one] { $count } réponse est de nouveau dans le fichier, telle que vous l’aviez donnée.
        *[other] { $count } réponses sont de nouveau dans le fichier, telles que vous les aviez données.
    }
desk-put-back-left-out =
    { $count ->
         [one] { $count } réponse est laissée de côté : le corpus n’a plus sa déclaration ou son sujet.
        *[other] { $count } réponses sont laissées de côté : le corpus n’a plus leur déclaration ou leur sujet.
    }
desk-put-back-differs = Rien n’est enregistré : le fichier a encore changé. Voici son état.
desk-file-left = Le fichier reste tel quel.

## Who codes

desk-who = Qui êtes-vous ?
desk-who-why = Vos réponses vont dans un fichier à vous. Vous ne voyez pas celles des autres.
desk-who-new = Ou un autre nom
desk-who-begin = Commencer

## Code

desk-key-list = 1 à 9 choisissent un niveau, 0 veut dire aucune position, x le dit pour tous les sujets restants. ? veut dire incertain, n écrit une note, u annule. Espace passe la déclaration, les flèches reculent et avancent, i va au sujet suivant.
desk-number = Déclaration { $number } sur { $all }
desk-coded =
    { $count ->
         [one] { $count } codée
        *[other] { $count } codées
    }
desk-left =
    { $count ->
         [one] { $count } restante
        *[other] { $count } restantes
    }
desk-unsure-count =
    { $count ->
         [one] { $count } réponse incertaine
        *[other] { $count } réponses incertaines
    }
desk-pace = { $pace } par minute
desk-none = Aucune position
desk-none-why = Rien n’y est une position sur ce sujet. Ce n’est pas le milieu de l’échelle.
desk-rest = Aucune position sur les sujets restants
desk-unsure = Incertain
desk-rationale = Note : pourquoi ce niveau, ou ce qui n’est pas clair
desk-reopen = Retirer la réponse
desk-next-issue = Sujet suivant
desk-conventions = Comment lire
desk-keys = Touches
desk-queue = Ordre et part commune
desk-order = Ordre
desk-order-shuffled = Mélangé
desk-order-date = Par date
desk-order-speaker = Par personne
desk-seed = Graine du mélange
desk-overlap = Pourcentage que tous lisent d’abord
desk-issues = Sujets
desk-all-issues = Tous les sujets
desk-seen-only = Écarter les déclarations mises de côté (si vous écrivez les règles)
desk-show-unsure = Aller à la première
desk-finished = Tout dans cette file a une réponse.
desk-finished-unsure =
    { $count ->
         [one] Tout est lu dans cette file ; { $count } réponse reste incertaine.
        *[other] Tout est lu dans cette file ; { $count } réponses restent incertaines.
    }
desk-left-others = Sans réponse sur d’autres sujets :
desk-note-left-out = La note de la réponse précédente n’a pas été reprise ; « Annuler » rétablit les deux.
desk-levels-without-key = Sans touche, car il y a plus de 9 niveaux : { $levels }. Utilisez la souris ou Tab.
desk-back =
    { $count ->
         [one] { $count } vous est renvoyé
        *[other] { $count } vous sont renvoyés
    }
desk-back-answered = répondu de nouveau dans cette session ; les codeurs diffèrent encore
desk-saved = Enregistré : { $issue }, { $answer }
desk-undone = Annulé : { $issue }, { $answer }
desk-undone-rest = Annulé : aucune position sur les sujets restants
desk-taken-back = retirée
desk-nothing-to-undo = Il n’y a rien à annuler dans cette session. Vous pouvez répondre à nouveau à ce qui était déjà dans le fichier.
desk-differs = Un autre programme a changé cette réponse depuis que vous l’avez vue. Rien n’est enregistré. Voici son état. Répondez à nouveau pour la changer.
desk-undo-differs = Un autre programme a changé cette réponse depuis. Elle reste ainsi.
desk-answer-none = aucune position
desk-answer-unsure = incertain
desk-only-rationale = Enregistrer la note
desk-other-coder = Rien n’est enregistré : cette page a été ouverte pour quelqu’un d’autre, et { $coder } code maintenant. Changez de codeur dans une autre fenêtre, ou rechargez cette page.
desk-note-kept = Votre note reste avec sa déclaration. Elle est enregistrée dès que vous répondez.
desk-note-unsent = Pas encore enregistrée : elle le sera avec votre réponse.
desk-drafts =
    { $count ->
         [one] { $count } note sans réponse
        *[other] { $count } notes sans réponse
    }
desk-nothing-left = Rien n’est enregistré : chaque sujet de cette déclaration a une réponse.
desk-answer-first = Rien n’est enregistré : répondez d’abord. Votre note est gardée.
desk-no-level = Rien n’est enregistré : ce sujet n’a pas ce niveau.

## Settle

desk-settle-none = Il n’y a rien à trancher. Un désaccord demande 2 personnes qui ont lu la même déclaration et répondent autrement.
desk-settle-done = Tous les désaccords sont tranchés.
desk-settle-back =
    { $count ->
         [one] { $count } renvoyé
        *[other] { $count } renvoyés
    }
desk-settle-back-only =
    { $count ->
         [one] Rien n’est ouvert ; { $count } désaccord est renvoyé et attend les codeurs.
        *[other] Rien n’est ouvert ; { $count } désaccords sont renvoyés et attendent les codeurs.
    }
desk-settle-back-why = Les codeurs les voient dans « Coder », avec votre note. Quand leurs réponses concordent, le désaccord disparaît. Vous pouvez aussi trancher vous-même.
desk-settle-open =
    { $count ->
         [one] { $count } désaccord ouvert
        *[other] { $count } désaccords ouverts
    }
desk-settle-of =
    { $count ->
         [one] { $count } désaccord en tout
        *[other] { $count } désaccords en tout
    }
desk-settle-keys = 1 à 9 choisissent un niveau, 0 veut dire aucune position. b renvoie avec votre note, n écrit une note, u annule. Espace et les flèches avancent et reculent.
desk-settle-counted = La règle du livre de codes l’a tranché. Votre réponse compte à sa place.
desk-sent-back = Renvoyé
desk-sent-back-issue = Renvoyé : { $issue }
desk-send-back = Renvoyer à qui a codé
desk-no-rationale = pas de note
desk-by-rules = Règles
desk-rules-silent = Aucune règle ne donne de position.
desk-rules-conflict = Des règles se contredisent.
desk-rules-hidden = Cette déclaration est mise de côté. Ce que disent les règles n’est pas montré.
desk-settle-agreement = Accord
desk-settle-before = Réponses égales avant : { $same } sur { $all } ({ $share })
desk-settle-after = Ont une réponse maintenant : { $same } sur { $all } ({ $share })
desk-settle-coder = { $coder } a donné ce qui est tranché : { $same } sur { $all }
desk-settle-hand = Si possible, que tranche une personne qui n’a pas codé ces déclarations.

## Review

desk-review-nothing = Rien n’attend d’être vérifié.
desk-review-how = ajoute des propositions tirées de textes de presse. Elles attendent ici que vous les acceptiez.
desk-review-counts = en attente : { $waiting } · acceptées : { $accepted } · refusées : { $rejected }
desk-review-fields = Ce que vous changez dans ces champs est enregistré avec votre décision.
desk-review-refused = Rien n’est encore enregistré : voyez le champ marqué. Votre saisie est gardée.
desk-review-undone = Annulé.
desk-review-decided = { $id } est déjà décidé, ou n’est plus dans le fichier. Rien n’a changé.
desk-review-accepted = Accepté : { $id }.
desk-review-rejected = Refusé : { $id }.
desk-review-saved = Enregistré : { $id }.
desk-accept = Accepter
desk-reject = Refuser
desk-only-fields = Enregistrer seulement les champs
desk-later = Décider plus tard
desk-role = Fonction
desk-kind = Genre
desk-venue = Lieu
desk-kind-direct = direct : les paroles telles quelles
desk-kind-indirect = indirect : une paraphrase
desk-about-confidence = L’auteur est
desk-about-runner-up = Ou peut-être
desk-about-date-from = D’où vient le jour
desk-about-notes = Notes
desk-about-source-publisher = Paru dans
desk-about-source-title = Titre du texte
desk-about-source-date = Jour de parution
desk-about-also-in = Aussi dans
desk-sure-high = sûr
desk-sure-medium = assez sûr
desk-sure-low = incertain
desk-day-of-publication = seulement du jour de parution
desk-field-speaker = le nom
desk-field-role = la fonction au moment des paroles, ou - s’il n’y en a pas
desk-field-date = AAAA-MM-JJ, ou AAAA-MM si seul le mois est connu
desk-field-kind = les paroles mêmes ou une paraphrase
desk-field-venue = où cela a été dit, ou - si on ne le sait pas
desk-field-text = les paroles, sur une ligne
desk-words-missing = Ces paroles ne sont pas dans le texte. Choisissez « indirect » comme genre si c’est une paraphrase, ou cochez que vous le savez. La ligne ne dit alors plus où elles se trouvent.
desk-words-known = Je sais que ces paroles ne sont pas dans le texte

## Rules

desk-rules-how = Rien n’est enregistré avant que vous n’appuyiez sur « Enregistrer ». Un fichier avec une erreur ou un test en échec n’est pas enregistré.
desk-check = Vérifier
desk-rules-back = Revenir à la version enregistrée
desk-rules-english = Les erreurs et les explications sont en anglais.
desk-find-pattern = Chercher un motif
desk-such-as = Par exemple
desk-find = Chercher
desk-make-rule = En faire une règle
desk-places =
    { $count ->
         [one] { $count } endroit
        *[other] { $count } endroits
    }
desk-places-seen = sans les déclarations mises de côté
desk-more =
    { $count ->
         [one] et { $count } de plus
        *[other] et { $count } de plus
    }
desk-why-label = Pourquoi un code, ou aucun
desk-id-of-statement = L’id d’une déclaration
desk-explain = Expliquer
desk-explained-saved = D’après les règles enregistrées, et non d’après ce qui est saisi.
desk-no-statement = Aucune déclaration n’a l’id { $id }.
desk-rules-faults =
    { $count ->
         [one] { $count } erreur : impossible d’enregistrer ainsi
        *[other] { $count } erreurs : impossible d’enregistrer ainsi
    }
desk-rules-no-fault = Aucune erreur
desk-rules-count =
    { $count ->
         [one] { $count } règle
        *[other] { $count } règles
    }
desk-tests-count =
    { $count ->
         [one] { $count } test
        *[other] { $count } tests
    }
desk-tests-ended = dont { $failed } en échec et { $todo } à faire (todo)
desk-moved = gagnés : { $gained } ; perdus : { $lost } ; déplacés : { $moved }
desk-not-compared =
    { $count ->
         [one] { $count } déclaration mise de côté, non comparée
        *[other] { $count } déclarations mises de côté, non comparées
    }
desk-labels-change = Codes par règles qui changent
desk-figures = Qualité des règles, comparées aux codes donnés à la main
desk-figures-why = Sur des déclarations que l’auteur des règles a pu voir, ce qui flatte les règles. { $command } examine les autres, et note qu’elles ont été examinées.
desk-found = Trouvées jusqu’ici
desk-exact = Exactes
desk-false-alarms = Position donnée à tort
desk-figures-saved = { $issue }, enregistré
desk-figures-typed = { $issue }, tel que saisi
desk-verdicts-same = Aucun des { $pairs } résultats ne change, sans les déclarations mises de côté.
desk-verdicts =
    { $count ->
         [one] { $count } résultat changerait
        *[other] { $count } résultats changeraient
    }
desk-verdicts-of = (sur { $pairs })
desk-verdicts-where = sans les déclarations mises de côté
desk-verdict-pair = { $speaker }, { $issue }
desk-verdict-none = aucune position
desk-verdict-shift = changement durable
desk-verdict-return = changement puis retour
desk-verdict-drift = changement peu à peu
desk-verdict-swing = un jour à part
desk-verdict-steady = aucun changement durable constaté
desk-verdict-too-few = trop peu de déclarations
desk-rules-changed = Un autre programme a changé rules.toml depuis que vous l’avez ouvert. Rien n’est enregistré. Pour garder votre texte et perdre ce changement, appuyez de nouveau sur « Enregistrer ».
desk-rules-not-saved = Pas enregistré : le texte a une erreur, ou un test échoue.
desk-rules-unchanged = Rien n’a changé.
desk-rules-saved = Enregistré.
desk-rule-unread = Aucune règle n’est faite : le motif est illisible.
desk-rule-nowhere = Aucune règle n’est faite : le motif n’est dans aucune déclaration que vous pouvez voir.
desk-rule-made = Une règle pour le motif est à la fin du texte. Rien n’est encore enregistré.
desk-pattern-first = Saisissez d’abord un motif.

## Explore

desk-from = Du
desk-to = Au
desk-whose = Codes
desk-whose-both = À la main et par règles
desk-whose-hand = À la main
desk-whose-rules = Par règles
desk-show = Afficher
desk-take = Enregistrer ce graphique
desk-with-position = Déclarations avec une position
desk-part = { $from } à { $to } sur { $all }
desk-why-hand = Codes à la main
desk-why-unread = Personne ne l’a lue.
desk-why-rules = Ce que disent les règles
desk-why-back = Retour à toutes
