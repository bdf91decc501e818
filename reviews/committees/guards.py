"""What the database refuses in a session, whoever asks: written once, for its tables."""

import pgtrigger

# A member (of this user) is out of a dossier: said in session, declared or found before it, or
# member of the company itself. Names: {member}, {user}, {item}, {dossier} are SQL expressions.
OUT = """(
    EXISTS (SELECT FROM reviews_withdrawal w
            WHERE w.item_id = {item} AND w.member_id = {member})
    OR EXISTS (SELECT FROM reviews_interest i JOIN reviews_expert e ON e.id = i.expert_id
               WHERE e.user_id = {user} AND i.dossier_id = {dossier} AND i.kind <> 'none')
    OR EXISTS (SELECT FROM reviews_detectedlink l JOIN reviews_expert e ON e.id = l.expert_id
               WHERE e.user_id = {user} AND l.dossier_id = {dossier} AND l.state <> 'lifted')
    OR EXISTS (SELECT FROM accounts_membership m JOIN grants_dossier d
               ON d.organisation_id = m.organisation_id
               WHERE d.id = {dossier} AND m.user_id = {user} AND m.left_at IS NULL)
)"""

PRESENT = """EXISTS (SELECT FROM reviews_attendance a
                     WHERE a.member_id = {member} AND a.left_at IS NULL)"""

# How many may vote on an item now: voting members, present, not out.
ELIGIBLE = f"""(
    SELECT count(*) FROM reviews_member p
    WHERE p.session_id = item.session_id AND p.part <> 'secretary'
    AND {PRESENT.format(member="p.id")}
    AND NOT {OUT.format(member="p.id", user="p.user_id", item="item.id", dossier="item.dossier_id")}
)"""  # noqa: S608 - built from our own names only


def refuse(name, sentence):
    return f"RAISE EXCEPTION '{name}: {sentence}' USING ERRCODE = 'check_violation';"


def kept_with_session(name, session, *states):
    """A trigger refusing any change to a row unless its session is in one of these states.

    `session` is the SQL of its key, written with {row}. `FOR SHARE` makes a change that runs
    against a closing wait for it, then see its outcome.
    """
    listed = ", ".join(f"'{state}'" for state in states)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("session_state", "varchar")],
        func=f"""
            IF TG_OP = 'DELETE' THEN
                SELECT state INTO session_state FROM reviews_session
                WHERE id = {session.format(row="OLD")} FOR SHARE;
            ELSE
                SELECT state INTO session_state FROM reviews_session
                WHERE id = {session.format(row="NEW")} FOR SHARE;
            END IF;
            IF session_state NOT IN ({listed}) THEN
                {refuse(name, "the session does not change any more")}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - built from our own names only
    )


OF_ITEM = "(SELECT session_id FROM reviews_item WHERE id = {row}.item_id)"
OF_MEMBER = "(SELECT session_id FROM reviews_member WHERE id = {row}.member_id)"

BALLOT_OF_A_VOTER = pgtrigger.Trigger(
    name="ballot_of_a_voter",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("item", "reviews_item"), ("voter", "reviews_member"), ("wanted", "integer")],
    func=f"""
        SELECT * INTO item FROM reviews_item WHERE id = NEW.item_id FOR SHARE;
        SELECT * INTO voter FROM reviews_member WHERE id = NEW.member_id;
        SELECT quorum INTO wanted FROM reviews_session WHERE id = item.session_id;
        IF item.state <> 'voting' OR NEW.round <> item.round THEN
            {refuse("ballot_after_the_vote", "no vote is open on this dossier")}
        END IF;
        IF voter.session_id <> item.session_id OR voter.part = 'secretary' THEN
            {refuse("ballot_of_a_stranger", "not a voting member of this session")}
        END IF;
        IF NOT {PRESENT.format(member="voter.id")} THEN
            {refuse("ballot_of_somebody_absent", "not in the room")}
        END IF;
        IF {OUT.format(member="voter.id", user="voter.user_id", item="item.id", dossier="item.dossier_id")} THEN
            {refuse("ballot_of_somebody_out", "out of this dossier")}
        END IF;
        IF {ELIGIBLE} < wanted THEN
            {refuse("ballot_without_quorum", "too few members may vote")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608, E501 - built from our own names only
)

BALLOT_KEPT = pgtrigger.Trigger(
    name="ballot_kept",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func=f"""
        IF NOT EXISTS (SELECT FROM reviews_item i JOIN reviews_session s ON s.id = i.session_id
                       WHERE i.id = OLD.item_id AND i.state = 'voting' AND i.round = OLD.round
                       AND s.state = 'open')
        THEN {refuse("ballot_kept", "a vote that is over keeps its ballots")}
        END IF;
        RETURN OLD;
    """,
)

# Whoever leaves a dossier has no ballot standing in the vote under way.
WITHDRAWN_BEFORE_VOTING = pgtrigger.Trigger(
    name="withdrawal_without_ballot",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("item", "reviews_item")],
    func=f"""
        SELECT * INTO item FROM reviews_item WHERE id = NEW.item_id FOR NO KEY UPDATE;
        IF item.state = 'voting' AND EXISTS (
            SELECT FROM reviews_ballot b
            WHERE b.item_id = item.id AND b.member_id = NEW.member_id AND b.round = item.round)
        THEN {refuse("withdrawal_without_ballot", "take the ballot back first")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - built from our own names only
)

ITEM_SETTLED_BY_QUORUM = pgtrigger.Trigger(
    name="item_settled_by_quorum",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__state="settled") & pgtrigger.Q(old__state__df="settled"),
    declare=[("item", "reviews_item"), ("meeting", "reviews_session"),
             ("votes_for", "integer"), ("votes_against", "integer")],
    func=f"""
        item := NEW;
        SELECT * INTO meeting FROM reviews_session WHERE id = item.session_id FOR SHARE;
        IF {ELIGIBLE} < meeting.quorum THEN
            {refuse("item_settled_by_quorum", "too few members may decide")}
        END IF;
        IF OLD.state = 'voting' THEN
            IF EXISTS (SELECT FROM reviews_ballot b JOIN reviews_member v ON v.id = b.member_id
                       WHERE b.item_id = item.id AND b.round = item.round AND
                       {OUT.format(member="v.id", user="v.user_id", item="item.id", dossier="item.dossier_id")})
            THEN {refuse("item_settled_by_quorum", "somebody who is out has voted")}
            END IF;
            SELECT count(*) FILTER (WHERE choice = 'for'), count(*) FILTER (WHERE choice = 'against')
            INTO votes_for, votes_against
            FROM reviews_ballot WHERE item_id = item.id AND round = item.round;
            IF (item.outcome = 'carried') <> (votes_for > votes_against) THEN
                {refuse("item_settled_by_votes", "the outcome is not that of the votes")}
            END IF;
        ELSIF meeting.mode <> 'consensus' THEN
            {refuse("item_settled_by_votes", "this session votes")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608, E501 - built from our own names only
)  # fmt: skip
