/* SPDX-License-Identifier: EUPL-1.2 */
/* The words by which personal_text.c knows a name or an address: folded (small letters, no marks), each
 * between blanks. First names: facts after the Nederlandse Voornamenbank of the Meertens Instituut (KNAW),
 * the ones borne most by people of every age and descent; surnames after the Nederlandse Familienamenbank,
 * the most frequent. First names that are ordinary words as well stand apart. A list cannot hold every name:
 * it is a help for who writes, not a promise. */
#ifndef WIJK_DOMAIN_PERSONAL_WORDS_H
#define WIJK_DOMAIN_PERSONAL_WORDS_H

static const char FIRST_NAMES[] =
    " aad aafke aart aaron abdel abdelkader abdellah abderrahim abdul abdulkadir abdullah abdullahi achmed "
    "ad ada"
    " adam adriaan adriana adrie adrian aga agnes agnieszka ahmad ahmed ahmet aicha aida aisha aise ajay "
    "albert"
    " alberto aleksander alex alexander alexandra ali alice alicja alida alie alina amina aminata amir amira "
    "amy"
    " ana anas andre andrea andreas andrej andrew andries andrzej aniek anil anita anja anke ankie ann anna "
    "anne"
    " annabel annelies annemarie annemiek annet annette annie annika anouk anthonie anthony anton antonia "
    "antonio"
    " antoon appie arend ari arie arjan arjen arno arnold arthur asha ashley asiya astrid ayoub ayse ayten "
    "aziz"
    " barbara bart bartosz bas bashir beata beatrix bella benjamin bep bernard bert bertus betty bianca "
    "bilal bjorn"
    " boris boudewijn bouchra bram brahim brenda brian bruno burak carla carlijn carlo carlos carmen carola "
    "carolien"
    " caroline catharina cees celine chantal charles charlotte chiara chris christel christiaan christian "
    "christina"
    " christine cindy claudia coen conny cor corina corine corinne corrie corry cynthia daan dagmar daisy "
    "damian dana"
    " danielle daniel daniela danny daphne david debbie deborah demi denise dennis derya dick diederik diego "
    "dieuwke"
    " dimitri dina dineke dirk djamila dominique donny dorien dorothea dylan ebru eddy edith eduard edwin "
    "eefje"
    " elena elif eline elisa elisabeth elise elize ella ellen elly elma els elsa elske emiel emily emine "
    "emir emma"
    " emre enrico eric erik erika erna erwin esmee esra esther ethan eva eveline evelien evert ewa "
    "ewout fabian"
    " fadi faisal fardau farah fatiha fatima fatma fatou fedde femke ferdinand fernando ferry fiona floortje "
    "floris"
    " fouad frank franka frans fransje fred freek frederik frits froukje gea geert geertje geertruida gerard "
    "gerda"
    " gerrie gerrit gert gerwin giel gijs gijsbert giovanni gitta gonnie greet greetje grietje grzegorz "
    "guido guus"
    " habiba hakan hakim hamid hamza hanan hanna hannah hanneke hannie hans harm harmen harold harrie harry "
    "hasan"
    " hassan hatice hayat heidi heleen helena helga hendrik hendrika henk hennie henny henri henriette herman"
    " hermien hicham hidde hilda hilde hubert hugo huib huseyin hussein ibrahim ida igor ilham ilias ilona "
    "ilse"
    " imane imke ina ineke inez inge ingeborg ingrid irena irene irma isa isabel isabella isabelle ismail "
    "ismael"
    " iwan jaap jack jackie jacob jacqueline jacques jan jana janet janine janneke jannes jannie janny janna"
    " jantje janusz jarno jasmin jason jasper jayden jeanet jeanette jeannette jeff jelle jelmer jennifer "
    "jenny"
    " jens jeroen jesse jessica jessie jesus jill joachim joan joanna johan johanna johannes joke jolanda "
    "jolande jolien jolijn joop joost"
    " jordy jorge jorien joris jorrit jos jose josef josephine joshua josien jozef juan judith julia julian "
    "juliette"
    " julius jurgen jurre justin justine kamal karel karen karim karima karin karina karlijn karolina kasper"
    " katarzyna kate katja kay kees kelly kemal kenan kenneth kevin khadija khalid kiki kim kirsten klaas "
    "klaartje"
    " klaudia koen koos kris krishna krista krystyna krzysztof laila lara lars laura laurens leen leendert "
    "leila"
    " lena lennard lennart leo leon leonie levi liam lianne lidia lieke liesbeth lieuwe lilian lina linda "
    "lisa"
    " lisanne lisette liv liza lodewijk loes lonneke lotte louis louisa louise luca lucas lucia lucy luka "
    "lukas"
    " luuk luke lydia lynn maaike maarten machteld maciej madelon magda magdalena mahmoud mahmut maja malik"
    " malika manon manuel marc marcel marco marcus mareike margaretha margot margreet margriet maria marian"
    " mariana marianne marieke mariella marielle marie mariette marijke marijn marinus mario marion mariska "
    "marit"
    " marjan marjo marjolein marjolijn marko marleen marlies marlijn marloes marly marta martha martijn "
    "martin"
    " martina martine marvin marwan mary maryam masja mathijs mathilde matteo matthijs matthias maud maureen"
    " maurice maurits max maxim maxime mehdi mehmet meike melanie melissa melvin menno mercan merel meryem "
    "miriam"
    " mia michael michal michel michelle michiel mick mieke miep mies mike mila milou mina mirjam mirte "
    "mirthe"
    " mitchell mohamed mohammad mohammed mohammad mohamud mona monica monika monique mourad muhammed murat "
    "mustafa"
    " mustapha nabil nabila nadia nadine naima najat najib nancy naomi natalia natalie natasja nathalie "
    "nathan nawal"
    " nel nelleke nelly nicky nico nicolaas nicole nicolette niek niels nienke nikita nikki nils nina noa "
    "noah noor"
    " noortje nora noura nouria nynke olaf olga oliver olivia omar orhan osama oscar osman otto ouafa "
    "oumaima ozan"
    " pablo pascal patricia patrick patryk paul paula paulien pauline pawel pedro peggy peter petra philip "
    "phillip"
    " pia pien pier pierre piet pieter pieternella pietje pietro pim pinar piotr priscilla quinten rabia "
    "rachel"
    " rachid rachida rahma rajesh ralf ralph ramon ramona raoul raymond rashid rebecca reinier remco remy "
    "rene renate"
    " renee renske ria riadh ricardo richard rick rico rien rik riet rietje rinus rita robbert robert "
    "roberto rob"
    " robin rocio rodney roel roelof roger roland rolf romy ron ronald ronnie rosa rosalie rosanne rosita "
    "ruben rudi"
    " rudolf rudy ruud ruth ryan saar saartje sabah sabine sabrina safae said saida salah saliha salim "
    "salima salma"
    " salomon sam samantha samir samira sander sandra sanne sanneke santosh sara sarah sascha saskia "
    "sebastiaan"
    " sebastian selim selma sem serge sergio servet sevda sharon shirley siem siegfried sietse sigrid sija "
    "silvia"
    " simon simone sjaak sjaan sjef sjoerd sjors sofia sofie soner sonja sophia sophie soufiane souad soumia "
    "stefan"
    " stefanie steffie stella stephan stephanie steven stijn suleyman sultan sunita susan susanne suzan "
    "suzanne sven"
    " svetlana sybren sylvana sylvia tahir tamara tanja tara tarik teun teunis thea theo theodora thijs "
    "thomas tijn"
    " tijmen tim timo tina tineke tiny tjeerd tobias tom tomasz tonnie tonny trees trijntje trudy truus "
    "tuncay ursula"
    " valentijn vanessa vera veronica veronique vincent violet wahid walter wanda ward wendy werner wesley "
    "wessel"
    " wiebe wies wietske wijnand wilbert wilco wilfred wilhelmina willem willemien willemijn willie wilma "
    "wim wouter"
    " xander yara yasin yasmin yasmina yasmine yassin yassine ying yolanda yousef youssef yunus yusuf yvette "
    "yvonne"
    " zakaria zara zehra zeynep zineb zoe zofia zohra ";
static const char WORDY_NAMES[] =
    " amber anker april arvid august ben bloem bo bob boy brand can daniek dauw deniz do don door ernst "
    "faith fien "
    "fleur"
    " floor gloria guusje hope iris ivy jade jasmijn jet jip job jochem joey jolijt joy juan juliet june kai"
    " kaya klaver koning lente leonora lies linde lily lot luna madelief marina mark mees mels merle milan "
    "mo moos"
    " nova oda olijf pam parel pepijn pleun puck quirijn robijn roos rose rosemarie sander senna silver sien "
    "sjaan"
    " sky sterre storm ties tijs ton toon toos tess tygo victoria viola vik vos wende wil zon zion ";
static const char TITLES[] =
    " mevrouw mevr mw mej mejuffrouw juffrouw meneer mijnheer dhr heer heren familie fam"
    " gezin echtpaar weduwe wed mrs mr ms miss ";
static const char KIN[] =
    " buurman buurvrouw buurjongen buurmeisje tante oom oma opa juf nicht neef broer zus zusje"
    " broertje zwager schoonmoeder schoonvader genaamd heet ";
static const char PARTICLES[] = " van de der den het ten ter te t vande vander vanden el al ben bin ait ould "
                                "d di da la le von zu op in 's ";
static const char ARTICLES[] = " de het een t die dat deze dit ";
static const char SAINTS[] = " sint st santa san prins prinses koning koningin paus graaf keizer heilige h ";
static const char ASK_NAME[] =
    " bij van door met aan en voor tegen over bewoner bewoonster huurder client cliente"
    " heer dhr mw mevrouw meneer zoon dochter of naar ";
/* The most frequent surnames, for who types no capitals behind a title. */
static const char SURNAMES[] =
    " jong jansen janssen vries berg bakker dijk visser smit meijer boer mulder groot bos vos peters "
    "hendriks leeuwen"
    " dekker brouwer wit dijkstra smits graaf meer linden kok jacobs haan vermeulen heuvel veen broek bruijn "
    "heijden"
    " schouten beek willems vliet hoekstra maas verhoeven koster dam wal prins huisman peeters dijk jonge "
    "kuipers"
    " veenstra postma martens gerritsen timmermans hoek kuiper yilmaz ozturk demir sahin yildiz celik kaya "
    "aydin"
    " amrani idrissi alaoui bennani mohamed ali hussein singh nguyen kowalski nowak bouali ";
/* What a run that begins with a first name may end on without being a person. */
static const char STREETS[] =
    " straat weg laan plein gracht kade singel dijk hof dreef steeg pad plantsoen park"
    " boulevard brink markt wal ring erf hout ";
static const char SHORT_STREETS[] = " str ln pln ";
static const char BUILDINGS[] =
    " school kerk flat college lyceum brug tunnel moskee buurt wijk huizen complex"
    " kwartier stadion ziekenhuis centrum gebouw ";
static const char PLACE_NOUNS[] = " straat weg laan plein gracht kade singel dijk hof dreef steeg pad "
                                  "plantsoen park boulevard school scholen kerk flat"
                                  " flats college lyceum brug tunnel moskee buurt wijk complex stadion "
                                  "ziekenhuis centrum gebouw huis basisschool"
                                  " toren zaal hal speeltuin playground court instituut ";
/* What a run ends on that is called after somebody. */
static const char ORGANISATIONS[] = " foundation stichting fonds courts court school college prijs methode ";
/* Small words between two years, not the letters of a postcode. */
static const char SMALL_WORDS[] = " en om is op of in na te al zo er we nu de tm ";
/* Two words, joined. */
static const char FAMOUS[] = " albert_heijn jan_linders leen_bakker hans_anders dirk_van johan_cruijff "
                             "johan_cruyff anne_frank piet_hein"
                             " richard_krajicek willem_alexander rosa_parks maria_magdalena michael_kors "
                             "thomas_cook erasmus_mc marie_curie"
                             " anton_philips frits_philips vincent_van karel_doorman karel_appel "
                             "maarten_luther martin_luther nelson_mandela ";
static const char NUMBER_WORDS[] = " nummer nummers nr nrs no huisnummer huisnummers huisnr huisnrs ";
static const char HOUSE_BEFORE[] =
    " op bij van naast tegenover achter voor tussen aan vanaf rond en huis flat woning woningen appartement "
    "pand"
    " portiek bewoner bewoners bewoonster gezin mevrouw meneer straat nabij boven onder uit in ";
static const char NO_HOUSE_NUMBERS[] = " 112 144 113 1 ";
static const char COUNTED[] = " jaar jaren keer maal weken week dagen dag maanden maand uur meldingen "
                              "melding jongeren mensen personen bewoners"
                              " gezinnen huishoudens kinderen autos auto's fietsen scooters bomen woningen "
                              "huizen panden winkels lantaarns"
                              " lantaarnpalen zakken containers km kilometer meter m procent euro x signalen "
                              "branden inbraken ongelukken"
                              " ramen deuren banken bankjes klachten incidenten avonden nachten plekken ";
static const char PERSON_NUMBERS[] = " bsn burgerservicenummer sofinummer sofi bsnnummer ";
static const char BIRTH_WORDS[] = " geboren geb geboortedatum geboortejaar ";

#endif
