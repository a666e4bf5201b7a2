# The words of the desk, français. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Bureau
desk-code = Coder
desk-settle = Trancher
desk-review = Relire
desk-rules = Règles
desk-explore = Explorer
desk-rooms = Pages
desk-coder = Codage : { $coder }
desk-another = Changer
desk-faults = Le corpus a des fautes. Vous voyez son état d’avant.
desk-faults-first = Le corpus a des fautes. Corrigez-les dans un éditeur, puis rechargez cette page.
desk-offline = Le programme ne répond pas. Regardez le terminal. Votre dernière réponse n’est peut-être pas enregistrée.
desk-single-keys = Les touches répondent
desk-undo = Annuler
desk-previous = Précédente
desk-next = Suivante
desk-skip = Passer
desk-save = Enregistrer
desk-set-aside = Mise de côté pour qui écrit les règles

## Who codes

desk-who = Qui êtes-vous ?
desk-who-why = Vos réponses vont dans un fichier à vous. Vous ne voyez pas celles des autres.
desk-who-new = Ou un autre nom
desk-who-begin = Commencer

## Code

desk-key-list = 1 à 9 choisissent un niveau, 0 veut dire aucune position, x le dit pour tous les thèmes restants. ? veut dire incertain, n écrit une note, u annule. Espace passe la déclaration, les flèches reculent et avancent, i va au thème suivant.
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
desk-none-why = Rien n’y est une position sur ce thème. Ce n’est pas le milieu de l’échelle.
desk-rest = Aucune position sur les thèmes restants
desk-unsure = Incertain
desk-rationale = Note : pourquoi ce niveau, ou ce qui n’est pas clair
desk-reopen = Retirer la réponse
desk-next-issue = Thème suivant
desk-conventions = Comment lire
desk-keys = Touches
desk-queue = Ordre et part commune
desk-order = Ordre
desk-order-shuffled = Mélangé
desk-order-date = Par date
desk-order-speaker = Par personne
desk-seed = Graine du mélange
desk-overlap = Pourcentage que tous lisent d’abord
desk-issues = Thèmes
desk-all-issues = Tous les thèmes
desk-seen-only = Laisser les déclarations mises de côté (si vous écrivez les règles)
desk-show-unsure = Aller à la première
desk-finished = Tout dans cette file a une réponse.
desk-saved = Enregistré : { $issue }, { $answer }
desk-undone = Annulé : { $issue }, { $answer }
desk-undone-rest = Annulé : aucune position sur les thèmes restants
desk-taken-back = retirée
desk-nothing-to-undo = Il n’y a rien à annuler dans cette session. Vous pouvez répondre à nouveau à ce qui était déjà dans le fichier.
desk-differs = Un autre programme a changé cette réponse depuis que vous l’avez vue. Rien n’est enregistré. Voici son état. Répondez à nouveau pour la changer.
desk-undo-differs = Un autre programme a changé cette réponse depuis. Elle reste ainsi.
desk-answer-none = aucune position
desk-answer-unsure = incertain
desk-only-rationale = Enregistrer la note

## Settle

desk-settle-none = Il n’y a rien à trancher. Un désaccord demande 2 personnes qui ont lu la même déclaration et répondent autrement.
desk-settle-done = Tous les désaccords sont tranchés.
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
desk-send-back = Renvoyer à qui a codé
desk-no-rationale = pas de note
desk-by-rules = Règles
desk-rules-silent = Aucune règle ne donne de position.
desk-rules-conflict = Des règles se contredisent.
desk-rules-hidden = Cette déclaration est mise de côté. Ce que disent les règles n’est pas montré.
desk-settle-agreement = Accord
desk-settle-before = Réponses égales avant : { $same } sur { $all } ({ $share })
desk-settle-after = Ont une réponse maintenant : { $same } sur { $all } ({ $share })
desk-settle-coder = { $coder } a donné ce qui est tranché : { $same } sur { $all }
desk-settle-hand = Si possible, que tranche une personne qui n’a pas codé ces déclarations.
