/**
 * The words by which lists of speakers are written: what to strip, what leads to a name, what says for whom somebody spoke.
 * English throughout, and the French, Spanish and Russian of the United Nations' own documents.
 */

/** Numbers, bullets, tick boxes and times at the start of a line. */
export const LEADING =
  /^(?:\s|[-–—•·*‣▪◦●○>+✓☐☑]+(?=\s|\p{L})|\[[ xX]\]|#?\(?\d{1,4}(?:[.)\]:]+|(?=\s))(?!\d)|\(?[a-k][.)](?=\s)|\(?[ivx]{1,5}[.)](?=\s)|\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[-–]\s*\d{1,2}[:.h]\d{2})?(?:\s*[ap]\.?m\.?)?)+/u;

/** A time or a length at the end of a line. */
export const TRAILING = /[\s(–—-]*\b(?:\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?|\d{1,3}\s*(?:min|minutes|mins|'))[\s).]*$/iu;

const TITLES =
  "his excellency|her excellency|their excellenc(?:y|ies)|h\\.\\s?e\\.?|he(?=\\s(?:mr|ms|mrs|dr|amb|sir|the)\\b)|s\\.\\s?e\\.?|son excellence|su excelencia|the (?:right |rt )?hon(?:ou?rable)?\\.?|hon\\.|" +
  "rt\\.? hon\\.?|mrs?\\.?|ms\\.?|miss|mme|mlle|m\\.|sra?\\.?|dra?\\.?|prof(?:essor)?\\.?|ambassador|amb\\.?|sir|dame|lord|lady|baroness|baron|" +
  "sheikh|shaikh|prince|princess|archbishop|bishop|monsignor|msgr\\.?|cardinal|rev\\.?|father|general|colonel|judge|justice|senator|г-н|г-жа";

/** A segment that starts with a title is a person. */
export const PERSON = new RegExp(`^(?:(?:${TITLES})(?=[\\s\\[]|$)\\s*)+`, "iu");

const OFFICES =
  "representatives?|delegates?|delegations?|observers?|missions?|embass(?:y|ies)|ambassador|amb\\.?|minist(?:er|ry)|vice[- ]minister|president|vice[- ]president|" +
  "prime minister|chancellor|secretary|under[- ]?secretary|state secretary|assistant secretary|director|counsell?or|attach[ée]|advis[eo]r|chief|head|chair(?:person|man|woman)?|" +
  "charg[ée](?:e)? d['’]affaires|governor|king|queen|emir|coordinator|envoy|deputy|permanent|commissioner|speaker|government|" +
  "repr[ée]sentante?|ministre|d[ée]l[ée]gation|observat(?:eur|rice)|observador[a]?|ministr[oa]|misi[óo]n|delegaci[óo]n|представитель(?:ница)?|министр|наблюдатель|pr|dpr";

/** Words that no person's name has, and names of states have. */
export const STATE_WORDS =
  /\b(?:republic|kingdom|states?|democratic|federation|islands?|united|new|north|south|east|west|northern|southern|eastern|western|equatorial|american|central|people)\b/iu;

/** A segment that speaks of an office. */
export const OFFICE = new RegExp(`(?:^|[^\\p{L}])(?:${OFFICES})(?=[^\\p{L}]|$)`, "iu");

/** What stands between an office and the name of whom it represents. */
export const OFFICE_OF =
  /(?:\s(?:of|for|from|to|du|des|del\sestado|del|de\sla|de\sl['’]|de|d['’])\s*(?:the\s+)?)|(?<=(?:представитель|представительница|наблюдатель)\s+)/giu;

/** An abbreviated office before a name: "PR Chad". */
export const SEAT =
  /\s*,?\s*(?:to|at|near|auprès de|ante)\s+(?:the\s+)?(?:united nations|un|u\.n\.|nations unies|las naciones unidas)\b.*$/iu;

/** What says for whom a statement was delivered, up to the names. */
export const BEHALF =
  /\b(?:(?:who\s+)?(?:also\s+)?(?:speaking|spoke|delivering|delivered|made|making|speaks|taking the floor|a statement|joint statement|statement)?\s*(?:also\s+)?(?:(?:on|in)\s+(?:the\s+)?behalf(?:\s+also)?\s+of|speaking\s+(?:also\s+)?for|also\s+for|for\s+and\s+on\s+behalf\s+of|on\s+b\/o|o\/b\/o|obo|b\/o)|in\s+(?:its|his|her|their)\s+capacity\s+as\s+(?:the\s+)?(?:current\s+|co-?)?(?:chair(?:man|woman|person)?|coordinator|president|facilitator|convenor)\s+of|as\s+(?:the\s+)?(?:current\s+|co-?)?(?:chair(?:man|woman|person)?|coordinator|president|facilitator|convenor)\s+of|(?:parlant\s+)?au\s+nom\s+(?:du|des|de\s+la|de\s+l['’]|de)|en\s+nombre\s+(?:del|de\s+los|de\s+las|de\s+la|de)|от\s+имени)\s*/iu;

/** That the speaker spoke for itself too. */
export const OWN_TOO =
  /\b(?:also\s+(?:speaking\s+|spoke\s+)?(?:on|in)\s+(?:the\s+)?behalf|behalf\s+also|speaking\s+also|(?:and|as well as|also)\s+(?:in|on behalf of|for)?\s*(?:his|her|its|their|my|our)\s+(?:own\s+)?(?:national\s+capacity|country|delegation|own)|(?:and|also)\s+in\s+(?:a\s+|its\s+|his\s+|her\s+|their\s+)?national\s+capacity|et\s+de\s+(?:son|sa)\s+(?:propre\s+)?(?:pays|délégation))/iu;
export const OWN_WORDS =
  /\s*(?:,|and|as well as|et|;)*\s*(?:also\s+)?(?:in|on behalf of|for|de)?\s*(?:his|her|its|their|my|our|son|sa|a)\s+(?:own\s+|propre\s+)?(?:national\s+capacity|country|delegation|own|pays|délégation)\b/giu;

/** Where the names of a "behalf" end: a verb of speech. */
export const SPEECH =
  /[,\s]+(?:who\s+)?(?:also\s+|then\s+)?(?:said|says|rejected|opposed|responded|replied|warned|echoed|cautioned|questioned|condemned|praised|commended|described|outlined|announced|appealed|voiced|shared|drew|took|declared|insisted|maintained|argued|pledged|proposed|cited|encouraged|advocated|endorsed|acknowledged|remarked|concurred|touched|deplored|regretted|noted|stressed|stated|underlined|underscored|emphasi[sz]ed|recalled|welcomed|thanked|expressed|reiterated|reaffirmed|called|urged|added|highlighted|observed|pointed|asked|supported|agreed|affirmed|aligned|associated|delivered|spoke|made|introduced|a\s+d[ée]clar[ée]|a\s+dit|dijo|señaló)\b.*$/isu;

/** Members for whom a group statement was not delivered. */
export const EXCEPT =
  /\s*[,(]?\s*(?:\bexcept(?:ing)?(?:\s+for)?|\bexcluding|\bwithout|\bminus|\bwith the exception of)\s+/iu;

/** A chair that hands over. */
export const FLOOR = /\b(?:give|gave|giving|offer|pass)\s+the\s+floor\s+(?:now\s+)?to\s+/iu;

/** A sentence that lists speakers. */
export const LISTING =
  /\b(?:representatives?|delegates?|speakers?|delegations?|statements?(?:\s+(?:were\s+)?(?:made|delivered))?|(?:also\s+)?(?:speaking|participating|spoke)(?:\s+(?:today|also))?)\b[^:]*?(?:\bof\b|\bby\b|\bwere\b|\bfrom\b|:)\s*(?:the\s+)?(?:representatives?\s+of\s+|those\s+of\s+|delegations?\s+of\s+)?/iu;

const NOISE_WORDS =
  "tbc|tbd|to be confirmed|confirmed|vacant|absent|spoke|in|from the floor|by video(?: link)?|video|pre-?recorded|virtual|online|written|statement|joint|minister|deputy|ambassador|" +
  "english|french|spanish|arabic|chinese|russian|portuguese|interpretation|from|by the delegation|continued|cont|right of reply|point of order|observer state|non-?member(?: state)?|" +
  "opening(?: remarks)?|closing(?: remarks)?|moderator|panell?ist|ministerial(?: level)?|dpr|pr|a\\.?i\\.?|ad interim|level|first|second|new york|geneva|un|united nations|name|own capacity|national capacity|in|its|and|own|language|to|for|of|the|as|delivered|speaker|state|member|delegation|country";

/** A segment of nothing but such words says nothing about whom. */
export const NOISE = new RegExp(`^[\\s(\\[]*(?:(?:${NOISE_WORDS})(?=[^\\p{L}]|$)[\\s./,&)\\]-]*)+$`, "iu");

const HEADING_WORDS =
  "list|lists|of|speakers?|member|members|states?|observers?|regional|organi[sz]ations?|groups?|civil|society|ngos?|other|others|participants?|participating|interventions?|statements?|debate|" +
  "dialogue|session|morning|afternoon|evening|meeting|plenary|agenda|item|items|day|one|two|three|first|second|third|fourth|monday|tuesday|wednesday|thursday|friday|saturday|sunday|" +
  "january|february|march|april|may|june|july|august|september|october|november|december|am|pm|a\\.m|p\\.m|noon|page|end|and|the|on|for|at|by|in|from|general|assembly|united|nations|un|" +
  "formal|informal|interactive|opening|closing|remarks|panel|panell?ists?|discussion|delivered|delegations?|countries|country|name|title|order|no|number|time|role|iso3?|code|language|printed|" +
  "speaker|actor|kind|as|provisional|final|draft|updated|revised|annex|summary|conference|room|hall|journal|press|release|ga|sg|rule|reply|right|exercise|source|note|notes|total|on behalf|behalf|hours|min|minutes|www|http|https|org|html|pdf|tentative|confirmed|following|were|made|took|floor|spoke|speaking|also|today|representatives?|vice-?president|chair|mins|r2p|to|responsibility|protect|prevention|genocide|war|crimes|ethnic|cleansing|against|humanity|report|implementing|background|highlights";

/** A line of nothing but such words is a heading. */
export const HEADING = new RegExp(`^(?:(?:${HEADING_WORDS})(?=[^\\p{L}]|$)|[^\\p{L}])+$`, "iu");

/** Letters and greetings around a list. */
export const LETTER =
  /^(?:(?:dear|hi|hello|good (?:morning|afternoon)|kind regards|best|regards|warm regards|with|sincerely|yours|thank|thanks|many thanks|please|see|here|below|attached|fyi|cc|to|from|subject|sent|date|re|fw|fwd|on|agenda item|document|he|she|they|it|we|i|in|this|that|there|as|while|although|however|moreover|further|for|many|several|most|some|all|other|today|speaking|at|after|before|during|the (?:meeting|debate|assembly|following|committee))(?=[\s:,.!]|$)|https?:|www\.|[as]\/\d)/iu;

/** Words that only sentences have. */
export const SENTENCE =
  /\b(?:is|are|was|were|has|have|had|will|would|should|could|that|this|these|which|who|its|it|they|we|i|you|he|she|not|been|said|be)\b/giu;
