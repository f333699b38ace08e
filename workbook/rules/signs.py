"""Whether a note shows what will be done: the kinds of sign, written down one by one.

No sign is no proof that there is no plan. It is what a person is asked about.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A kind of sign that a note says what will be done.

    `says` is what counts, in a sentence; `examples` are pieces of notes that show it. `pattern` looks in a note as
    `signs_of_plan` lays it out: in small letters, one clause a line, each with the stop that it ended in.
    """

    name: str
    says: str
    examples: tuple[str, ...]
    pattern: re.Pattern[str]


def signs_of_plan(note: str) -> tuple[Sign, ...]:
    """The kinds of sign that a note shows; none if nothing in it says what will be done."""
    clauses = _clauses(note)
    return tuple(sign for sign in SIGNS if sign.pattern.search(clauses))


def _clauses(note: str) -> str:
    note = re.sub("[’‘´`]", "'", note.lower())
    note = re.sub(r"[\r\v\f\x85\u2028\u2029]", "\n", note)
    note = re.sub(r"[^\S\n]+", " ", note)
    return _BULLET.sub("", _NEXT_CLAUSE.sub("\n", note))


# “and” goes on with the same clause unless somebody or something new does the next thing.
_NEXT_CLAUSE = re.compile(
    r"(?<=[.;:,!?)]) |(?<= [-–—+]) | ?(?=\()|(?<=[–—])(?! )|(?<= but) "
    r"| (?=(?:so|now|meanwhile|because|which|who|whose|though|although|while|whilst)\b)"
    r"| (?=and (?:we|i|it|they|the|a|an|this|will|is|are|have|has|now|am|then)\b)"
)
_BULLET = re.compile(r"^[ *•·‣▪▫●○■□◦>#(\"'“–—-]+", re.MULTILINE)


def _lines(*pieces: str) -> re.Pattern[str]:
    """Any of the pieces, each from the start of a clause; what a piece asks of the clause (`(?!`) comes first in it."""
    return re.compile("|".join(f"^{piece}" for piece in pieces), re.MULTILINE)


# What clauses are about a time to come. “May” and “march” are verbs, too.
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|weds?|thurs?|fri)"
_SPANS = r"(?:days?|weeks?|wks?|fortnights?|months?|mths?|quarters?|qtr|years?|term)"
_DATE = "|".join(
    (
        rf"\b{_MONTHS}\b",
        rf"\b{_WEEKDAYS}\b",
        r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? may\b",
        r"\b(?:in|by|until|till|for|from|of|early|mid|late|during) may\b",
        r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b",
        r"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b",
        r"\b(?:the|by|on|to|until|till|for|from|now) \d{1,2}(?:st|nd|rd|th)\b(?! [a-z])",
        r"\b\d{1,2}(?:st|nd|rd|th)(?=$|[.,;:)]| & \d)",
        r"\bw/[ce]\b",
        r"\b(?:spring|summer|autumn|winter|christmas|xmas|easter|new year|half term|bank hol(?:iday)?|q[1-4])\b",
        r"\b(?:tomorrow|tmrw|tonight)\b",
        rf"\b(?:next|this|coming|following) (?:{_SPANS}|meeting|mtg|round|may)\b",
        rf"\b(?:in|within|for|over|after|then|about) (?:a|an|the next|one|two|three|four|five|six|eight|ten|\d{{1,2}})"
        rf"(?: further| more)? {_SPANS}\b",
        r"\b(?:by|at|to|from|until|before) (?:the )?(?:end|start|beginning|middle)\b",
        rf"\b(?:end|start|middle) of (?:the )?{_SPANS}\b",
        rf"\b(?:within the {_SPANS}|(?:week|month|quarter) after)\b",
        r"\b20\d\d\b",
    )
)

# What clauses say that nothing will be done, or tell of what was.
_NOTHING = r"(?!.*\b(?:no|not|nobody|no-one|none|nothing|never|neither|nor|cannot|unable|without|yet to|\w+n't)\b)"
_WAS = r"(?!.*\b(?:was|were|had)\b)"
_PAST = (
    r"(?!.*\b(?:was|were|had|did|been|(?:should|would|could) have|since|ago|last|previously|originally|despite|failed"
    r"|fell|went|came|took|broke|began|sent|met|told|said|gave|left|lost|held|put|withdrew|shut|stood|ran|made|cancelled"
    r"|missed|resigned|retired|refused|rejected|objected|overr[au]n|postponed|deferred|delayed|stopped|double booked"
    r"|done (?:in|on))\b)"
)
# “arranged for May but”, “due in June, not received”
_CAME_TO_NOTHING = (
    r"(?!.* but$)(?!.*,\n(?:but|however|not|none|nothing|cancelled|postponed|unfortunately|fell|still not)\b)"
)
_AHEAD = _CAME_TO_NOTHING + _NOTHING + _PAST
_WAITING = (
    r"(?!.*\b(?:a?waiting|awaitng|await|awaits|pending|subject to|depends|dependent|unclear|unknown|whether|before we"
    r"|until we|unless)\b)"
)
# A reason may hold a time, too: “two off sick in June”.
_TROUBLE = (
    r"(?!.*\b(?:due to|owing to|because|as a result|sick\w*|ill|illness|absen\w+|leave|strikes?|snow|weather|flood\w*"
    r"|storm|vacan\w+|vacated|behind|delays?|slippage|slipped|shortages?|lack|problems?|errors?|fault\w*|closed|frozen|freeze"
    r"|overdue|unavailable|off|short|hold|elections?|purdah|out of date|too|other work|expir\w+"
    rf"|late(?! (?:{_MONTHS}|may|spring|summer|autumn)\b))\b)"
)
# A word in -ed before a time tells of the past, unless it is one that is said of times to come.
_DONE = (
    r"\b(?!revised|re-?scheduled|re-?booked|booked|arranged|scheduled|expected|planned|fixed|proposed|agreed|aimed|combined"
    r"|promised|targeted|anticipated|estimated|re-?programmed|programmed|need|extended|(?:cleared|completed|finished"
    r"|delivered|signed|issued|approved|returned) by)[a-z-]{2,40}ed\b"
)

_VERB = (
    r"\b(?:advise|agree|amend|appoint|approach|approve|arrange|ask|assess|attend|brief|bring|buy|call|carry|catch|chair"
    r"|chase|check|clear|close|collect|commission|complete|confirm|consider|consult|contact|continue|convene|core|cover"
    r"|decide|deliver|develop|discuss|do|draft|draw|email|ensure|escalate|establish|evaluate|explore|finalise|find|finish"
    r"|fix|follow|fund|get|give|go|hold|identify|implement|inspect|install|interview|investigate|invite|issue|join|launch"
    r"|lead|liaise|look|make|manage|meet|monitor|move|negotiate|obtain|open|organise|pay|phone|pick|prepare|present|press"
    r"|procure|produce|progress|provide|publish|pursue|put|raise|re-\w+|read?vertise|reconsider|receive|recommend|recruit"
    r"|redesign|redraft|reissue|release|repair|replace|report|request|resolve|respond|restart|resubmit|resume|retender"
    r"|return|review|revise|revisit|rewrite|ring|run|seek|send|set|share|sign|sort|speak|start|submit|supply|support|take"
    r"|talk|target|tender|test|train|update|use|visit|work|write)\b"
)
_DOING = (
    r"(?:acting up|(?:address|approach|arrang|assess|bring|build|buy|call|carry|catch|chas|check|clear|collect|complet"
    r"|consider|consult|contact|continu|cover|cut|develop|discuss|doubl|draft|draw|evaluat|explor|finalis|finish|fix"
    r"|follow|get|go|help|hold|identify|implement|install|interview|introduc|investigat|issu|liais|look|mak|meet|merg"
    r"|monitor|mov|negotiat|nominat|offer|organis|plan|prepar|press|procur|produc|progress|pursu|put|re-[a-z]+"
    r"|re(?:advertis|brief|consult|cruit|design|draft|draw|duc|issu|launch|peat|plac|run|tender|view|vis|visit|writ)"
    r"|run|seek|send|set|shar|sort|speak|start|submit|switch|tak|talk|tender|test|train|try|turn|updat|us|engineer|work"
    r"|writ)[bdglmnprt]?ing)\b(?! longer| too| of\b)"
)
_ARRANGED = (
    r"re-?booked|booked|re-?arranged|arranged|re-?scheduled|scheduled|diarised|pencilled in|lined up|laid on"
    r"|re-?advertised|re-?ordered|ordered|commissioned|instructed|secured|(?:bought|brought|drafted) in|hired|engaged"
    r"|freed up|outsourced|appointed|recruited"
)
_HELD_UP = r"(?:held up|delayed|off|away|ill|short|late|sick|blocked|disputed|challenged|asked for|a)\b"
_PARTICIPLE = r"\w+(?:ed|en|wn|un|t|ne|ld|de|id)\b"
_BODY = (
    r"(?:smt|cmt|dmt|slt|elt|cabinet|exec|executive|(?:full )?council|committee|cttee|ctte|scrutiny|(?:the )?board"
    r"|members|unions?|legal|finance|partners|(?:[\w&.]+ )?(?:group|panel|team)|s\.?151|the leader|the director)\b"
)


SIGNS: tuple[Sign, ...] = (
    Sign(
        name="what will be done",
        says="The note says what somebody will do, is to do, is going to do, plans, intends, aims or proposes to do.",
        examples=(
            "We will write to the owner",
            "I’ll speak to Legal",
            "remaining homes to be surveyed in August",
            "The architect is to redraw the front",
            "going to ask the county",
            "We plan to catch up by Easter",
            "The intention is to share a manager",
            "We propose to buy the software instead",
            "Hope to be on site soon",
            "should be finished by Friday",
            "due to report in July",
        ),
        pattern=_lines(
            # “No decision will be made”, “political will”, “the vacancy will delay it”
            r"(?:(?!\b(?:no|not|nobody|none|nothing|neither|never|unlikely|unclear|unknown|whether)\b).)*"
            r"(?:\b(?<!political )(?<!free )(?<!good )(?:will|shall)|'ll)\b"
            r"(?! (?:not|never|only|slip|miss|delay|cost|depend|fail|remain|take longer|to|of"
            r"|(?:now )?be (?:late|delayed|unable|difficult|impossible|a delay|missed|behind)))",
            rf"{_WAITING}.*(?<!was )(?<!were )(?<!had )(?<!has )(?<!have )(?<!need )(?<!needs )(?<!yet )(?<!meant )"
            r"(?<!supposed )(?<!ought )(?<!due )(?<!expected )(?<!seems )(?<!appears )(?<!able )(?<!said )(?<!likely )"
            rf"(?<!remains )(?<!not )(?<!planned )(?<!hoped )\bto be (?!late|able|delayed|told|found out){_PARTICIPLE}",
            rf"{_CAME_TO_NOTHING}{_PAST}.*(?:\b(?:is|are|am|now)|'s|'re|'m) (?:now )?"
            r"(?:to (?!date|blame|the|a|do with|be late)|going to|planning to)\w",
            rf"{_AHEAD}going to \w",
            rf"{_AHEAD}{_WAITING}.*\b(?<!local )(?<!action )(?<!service )(?:plans?|planning|intends?|intending|aims?"
            r"|aiming|proposes?|proposing|hopes?|hoping|expects?|expecting|want|seek|seeks) (?:to|for) \w",
            rf"{_AHEAD}.*\b(?:intention|plan|aim|proposal|idea|approach) is (?:now )?(?:to|that|for)\b",
            rf"{_AHEAD}.*\b(?:is|are|now) (?:now )?(?:proposed|planned|intended|hoped|expected|anticipated|aimed)\b",
            rf"{_AHEAD}{_WAITING}(?!.*\bonly\b).*\b(?:should|shld|shd|can) (?:now |then )?(?!have|be noted)\w",
            rf"{_AHEAD}.*\bdue (?:to (?:complete|finish|start|begin|report|return|arrive|dock|open|meet|sign|be \w+ed)"
            r"|for (?:completion|delivery|signing|approval))\b",
        ),
    ),
    Sign(
        name="a heading for it",
        says="A piece of the note stands under a heading of its own: Plan, Action, Next steps, Recovery or the like.",
        examples=(
            "Plan: hire a second crew",
            "ACTION - AB and the contractor meet weekly",
            "Next steps: workshop, then a vote",
            "Recovery: two days a week from the agency",
        ),
        pattern=_lines(
            r"(?:(?:the|our|my) )?(?:plan|actions?|(?:corrective|recovery|remedial|proposed|further|planned)"
            r" (?:actions?|plan)|next steps?|recovery|remedy|mitigation|mitigating actions?|way forward|solution"
            r"|proposal|to do|catch[ -]up)"
            r"(?: [-–—=]|:)\n(?!\W*(?:none|nil|n/?a|tb[ac]|not|no|\?)\b)\w"
        ),
    ),
    Sign(
        name="a date ahead",
        says="The note gives a time to come: by or from which date or month, a new or expected date, the next meeting.",
        examples=(
            "on track by the end of October",
            "report to the next meeting",
            "New target date 31 January",
            "Work starts on 4 May",
            "expected w/c 12 July",
            "back in two weeks",
            "now 3/9",
            "put back to September",
        ),
        pattern=_lines(
            rf"{_AHEAD}{_WAITING}{_TROUBLE}(?:(?!{_DONE}).)*(?:{_DATE})",
            rf"{_AHEAD}.*\b(?:new|revised|target|finish|finishing|completion|expected|closing|delivery|go[- ]live)"
            rf" (?:[a-z]+ ){{0,3}}(?:{_DATE})",
            rf"{_CAME_TO_NOTHING}{_NOTHING}.*\b(?:moved|put back|pushed back|slipped|deferred|postponed"
            r"|carried (?:forward|over)|re-?programmed|re-?scheduled|extended) (?:back )?(?:to|until|till|for|into) "
            rf"(?:(?!was|were|had)[a-z]+ ){{0,2}}(?:{_DATE}|next\b|later\b)",
        ),
    ),
    Sign(
        name="a step arranged",
        says="A next step is arranged: a meeting booked, an order placed, a post advertised, cover or money agreed.",
        examples=(
            "Meeting booked with the owner",
            "order placed for the second lot",
            "post re-advertised",
            "Agency cover approved",
            "Consultant appointed to finish it",
            "replacement vans on order",
            "new timetable agreed with the union",
            "report to Cabinet",
            "alternative supplier found",
        ),
        pattern=_lines(
            rf"{_AHEAD}.*\b(?:{_ARRANGED}|fixed|set for"
            r"|in (?:the )?diar(?:y|ies)|on order|(?:orders?|po) (?:placed|raised)|placed orders?"
            r"|ad(?:vert)? placed|out to (?:advert|tender)|imminent)\b",
            rf"{_CAME_TO_NOTHING}{_NOTHING}{_WAS}.*\b(?:has|have|'s|'ve) (?:now |since |also |already )?been"
            rf" (?:{_ARRANGED}|agreed|found|identified|extended|approved)\b",
            rf"{_AHEAD}.*\b(?:overtime|cover|funding|money|budget|extension|timetable|dates?|programme|secondment|plan"
            r"|approach|terms|way forward|temps?|contractor|consultant|staff) (?:\w+ ){0,2}"
            r"(?:agreed|approved|confirmed)\b",
            rf"{_AHEAD}.*\b(?:have|has|we|now) agreed\b",
            rf"{_NOTHING}{_WAS}(?:alternative|additional|extra|replacement|temporary|interim) (?:\w+ ){{1,4}}"
            r"(?:found|identified|put in|in place|starts?)\b",
            rf"{_AHEAD}{_WAITING}(?:[\w&/'-]+ ){{0,3}}(?:draft|final|report|paper|bid|request|case|item|brief|spec"
            rf"|specification|options|proposals?|scheme|recommendation\w*|update) (?:\w+ ){{0,2}}to {_BODY}",
        ),
    ),
    Sign(
        name="somebody asked to act",
        says="Somebody is named who is to act, or was asked, reminded or pressed to, or the matter was taken higher.",
        examples=(
            "AB to ring the supplier",
            "Head of Legal to advise",
            "Escalated to their director",
            "Procurement asked to find another firm",
            "Have asked HR for an early date",
            "PA chasing",
            "Reminders sent to all heads of service",
        ),
        pattern=_lines(
            rf"{_AHEAD}{_WAITING}{_TROUBLE}(?!.*{_DONE})(?:[\w&/'.-]+ ){{1,6}}(?<!due )(?<!able )(?<!enough )(?<!need )"
            rf"(?<!needs )(?<!time )(?<!hard )(?<!capacity )(?<!want )(?<!slow )(?<!difficult )to {_VERB}",
            rf"{_NOTHING}.*\b(?:escalated|chasing|chased again|pressing|reminders? (?:sent|gone|issued)|reminded"
            r"|raised with|taken up with|to chase|given until|(?:has|have) been asked"
            r"|been (?:asked to|chased|escalated))\b",
            rf"{_NOTHING}.*\basked (?:[\w&]+ ){{0,3}}(?<!us )(?<!me )(?:to {_VERB}|if|whether)\b",
            rf"{_NOTHING}(?:(?:i|we|they|have|has|i've|we've|also) ){{0,3}}asked "
            r"(?!us\b|me\b|to\b|for\b)(?:[\w&]+ ){1,4}(?:for|to|if)\b",
        ),
    ),
    Sign(
        name="work going on",
        says="Work towards it is in hand now: under way, in preparation, being done, catching up.",
        examples=(
            "Rebuild under way",
            "new brief in preparation",
            "Records are being copied by a specialist",
            "catching up now",
            "We are drafting it ourselves",
            "Deputy acting up",
            "talks with the union are continuing",
        ),
        pattern=_lines(
            rf"{_NOTHING}{_WAS}.*\b(?:in hand|under ?way|in progress|in preparation|in draft|in train|on track"
            r"|catching up|acting up|takes over|taking over|on site now|now on site|in place|now in post"
            r"|nearing completion)\b",
            rf"{_NOTHING}{_WAS}(?!.*\b(?:due|owing|because|a?waiting)\b)"
            rf"(?:[\w&'-]+ ){{0,12}}being (?!{_HELD_UP}){_PARTICIPLE}",
            rf"{_NOTHING}{_WAS}.*(?:\b(?:is|are|am|now|currently)|'re|'m|'s) (?:\w+ )?{_DOING}",
            rf"{_NOTHING}{_PAST}(?:(?:now|currently|still) )?(?!training|planning|meeting|building|testing|offering)"
            rf"{_DOING} \w",
            rf"{_NOTHING}{_PAST}.*\b(?:looking (?:at|into|for|again)|arranging)\b",
            rf"{_NOTHING}{_PAST}.*\b(?:(?:discussions|talks|negotiations) (?:[\w&]+ ){{0,4}}(?:continu\w+|on-?going"
            r"|progressing)|on-?going (?:discussions|talks|negotiations))\b",
        ),
    ),
    Sign(
        name="another way meanwhile",
        says="The note says what is done in the meantime or instead, or what follows once something else has happened.",
        examples=(
            "Meanwhile the old system is used",
            "using the library instead",
            "Workaround on a spreadsheet",
            "Once the lease is signed we need six weeks",
        ),
        pattern=_lines(
            rf"{_NOTHING}{_PAST}.*\b(?:meanwhile|meantime|interim|instead|work-?around|until then|till then)\b",
            rf"{_NOTHING}{_PAST}(?:once|as soon as) (?:[\w.&'/-]+ ){{1,8}}"
            r"(?:is|are|has|have|in|back|signed|agreed|received)\b",
        ),
    ),
)
