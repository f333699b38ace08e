"""Plans of twin towns: German, French, Spanish, Portuguese and Italian."""

from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl.styles import PatternFill

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    GREEN,
    TRAFFIC,
    TRAFFIC_MEANS,
    barred,
    book,
    days,
    down,
    draw,
    header,
    legend,
    letters,
    lines,
    months,
    put,
    save,
    shown,
    title,
    truth,
)

# -- German: weeks (KW) under merged months under a merged year, hatched bars -----------------------------------------

GERMAN = lines("""
6 | # Bürgerservice
7 | 1 | Wartezeiten messen | Frau Kröger | GGG.......
8 | 2 | Online-Termine einführen | Herr Nolte | ..GGHH.... | | Software kommt später
9 | 3 | Schulung der Mitarbeitenden | Frau Kröger | ....AA....
10 | # Bauamt
11 | 4 | Altakten einscannen | Herr Wiebe | GGGGGGHHH.
12 | 5 | Bearbeitungsfristen festlegen | Frau Östmann | ...RR..... | | Personalrat beteiligen
13 | 6 | Bericht an den Rat | Frau Östmann | .........A
""")
GERMAN_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "start": "D", "finish": "E", "note": "P"}
GERMAN_LEGEND = {GREEN: "im Plan", "#FFC000": "gefährdet", "#FF0000": "in Verzug", "#FADECC": "verschoben"}
GERMAN_COLOURS = dict(zip("GARH", GERMAN_LEGEND, strict=True))
# Hatched in orange on white, which the eye blends; the key says "verschoben" (put off): revised.
GERMAN_MEANS = {GREEN: "green", "#FFC000": "amber", "#FF0000": "red", "#FADECC": "revised"}
HATCHED = PatternFill("lightUp", fgColor="FFED7D31", bgColor="FFFFFFFF")


def _german(path: Path) -> None:
    made, (sheet,) = book("Maßnahmenplan")
    title(sheet, "A1", "Maßnahmenplan der Gemeinde Sandkoog", "A1:P1")
    header(sheet, 3, "F", [2025, *[None] * 9])
    header(sheet, 4, "F", ["März", None, None, "April", None, None, None, "Mai", None, None])
    for merged in ("F3:O3", "F4:H4", "I4:L4", "M4:O4"):
        sheet.merge_cells(merged)
    weeks = [f"KW {number}" for number in range(11, 21)]
    header(sheet, 5, "A", ["Nr.", "Aufgabe", "Verantwortlich", "Beginn", "Ende", *weeks, "Bemerkung"])
    draw(sheet, GERMAN, GERMAN_COLUMNS, "F", {**GERMAN_COLOURS, "H": ""}, sections_to="P")
    for line in GERMAN:
        for letter, bar in barred(line, "F"):
            if bar == "H":
                sheet[f"{letter}{line.row}"].fill = HATCHED
    put(sheet, {"D7": "10.03.2025", "E7": "28.03.2025", "D8": "24.03.2025", "E8": "18.04.2025"})
    legend(sheet, "B15", {**GERMAN_LEGEND}, "Legende")
    sheet["B19"].fill = HATCHED
    save(made, path)


# -- French: months in words, the year in a merged cell, percent as text ----------------------------------------------

FRENCH = lines("""
4 | 1 | Recenser les bâtiments communaux | Mme Delorme | BBB......
5 | 2 | Choisir le bureau d'études | M. Kerbrat | ..BB..... | | Deux offres reçues
6 | 3 | Audit énergétique | M. Kerbrat | ...BBBB..
7 | 4 | Réunion publique | Mme Delorme | ......B..
8 | 5 | Vote du conseil municipal | M. le maire | .......BB
9 | | Demander les subventions | Mme Sorel | ..BBBBB..
""")
FRENCH_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "start": "D", "finish": "E", "percent": "F", "note": "P"}
FRENCH_MONTHS = "janv. févr. mars avr. mai juin juil. août sept.".split()


def _french(path: Path) -> None:
    made, (sheet,) = book("Feuil1")
    title(sheet, "A1", "Plan d'action – rénovation énergétique")
    header(sheet, 2, "G", [2025, *[None] * 8])
    sheet.merge_cells("G2:O2")
    names = ["N°", "Tâche", "Responsable", "Début", "Fin", "Avancement"]
    header(sheet, 3, "A", [*names, *FRENCH_MONTHS, "Commentaires"])
    draw(sheet, FRENCH, FRENCH_COLUMNS, "G", {"B": "#2E75B6"})
    starts = [datetime(2025, month, 1) for month in (1, 3, 4, 7, 8, 3)]
    ends = [datetime(2025, month, 28) for month in (3, 4, 7, 7, 9, 7)]
    down(sheet, "D", range(4, 10), starts)
    down(sheet, "E", range(4, 10), ends)
    for row in range(4, 10):
        sheet[f"D{row}"].number_format = sheet[f"E{row}"].number_format = "dd/mm/yyyy"
    down(sheet, "F", range(4, 10), ("100 %", "50 %", "0 %", "0 %", "0 %", "20 %"))
    save(made, path)


# -- Spanish: months with the year, a status column in words ----------------------------------------------------------

SPANISH = lines("""
3 | # Eje 1. Atención ciudadana
4 | 1.1 | Abrir la oficina de Puerto Arenal | Lucía Prado | GG.... | Completado => green
5 | 1.2 | Formar al personal | Iván Soler | .GAA.. | En curso
6 | 1.3 | Encuesta a los vecinos | Lucía Prado | ....A. | Pendiente
7 | # Eje 2. Transparencia
8 | 2.1 | Publicar los contratos menores | Marta Oria | GGGGGG | En plazo => green
9 | 2.2 | Nuevo portal de datos | Iván Soler | ..RRR. | Suspendido => suspended | A la espera de presupuesto
10 | 2.3 | Memoria anual | Marta Oria | .....A | No iniciado
""")
SPANISH_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "status": "D", "note": "K"}


def _spanish(path: Path) -> None:
    made, (sheet,) = book("Plan de mejora")
    title(sheet, "A1", "Plan de mejora del Ayuntamiento de Arenal", "A1:K1")
    periods = ["ene-25", "feb-25", "mar-25", "abr-25", "may-25", "jun-25"]
    header(sheet, 2, "A", ["Nº", "Acción", "Responsable", "Estado", *periods, "Observaciones"])
    draw(sheet, SPANISH, SPANISH_COLUMNS, "E", sections_to="K")
    save(made, path)


# -- Portuguese: true dates every seven days --------------------------------------------------------------------------

PORTUGUESE = lines("""
5 | 1 | Levantar as avarias nas escolas | Rui Bastos | BB...... | Concluído => green
6 | 2 | Pedir orçamentos | Inês Tavares | ..BB.... | Concluído => green
7 | 3 | Adjudicar as obras | Câmara | ....B... | Em andamento
8 | 4 | Obras na escola do Farol | Rui Bastos | ....BBBB | Não iniciado
9 | 5 | Informar os encarregados de educação | Inês Tavares | .B.B.B.B | Em andamento
10 | 6 | Vistoria final | Rui Bastos | .......B | Não iniciado
""")
PORTUGUESE_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "status": "E", "note": "N"}


def _portuguese(path: Path) -> None:
    made, (sheet, _) = book("Plano", "Notas")
    title(sheet, "A2", "Plano de ação – Município de Vale do Farol")
    weeks = [datetime(2025, 9, 1) + timedelta(days=7 * number) for number in range(8)]
    names = ["N.º", "Ação", "Responsável", "Prazo", "Situação"]
    header(sheet, 4, "A", [*names, *weeks, "Observações"])
    for letter in letters("F", 8):
        sheet[f"{letter}4"].number_format = "dd/mm"
    draw(sheet, PORTUGUESE, PORTUGUESE_COLUMNS, "F", {"B": "#7030A0"})
    down(sheet, "D", range(5, 11), [weeks[number] for number in (1, 3, 4, 7, 7, 7)])
    for row in range(5, 11):
        sheet[f"D{row}"].number_format = "dd/mm/yyyy"
    put(made["Notas"], {"A1": "Telefone da escola: ver intranet", "A3": "Férias: 15 a 26 de setembro"})
    save(made, path)


# -- Portuguese: planned over carried out, and what is done is called a stage -----------------------------------------

STAGES = lines("""
4 | | Licenciamento ambiental | Inês Tavares | PPP.........
6 | | Terraplenagem | Rui Bastos | ...PPP......
8 | | Drenagem | Rui Bastos | .....PPPP...
10 | | Pavimentação | Inês Tavares | ........PPPP
""")
CARRIED_OUT = lines("""
5 | | | | DDDD........
7 | | | | ....DD......
""")
STAGES_COLUMNS = {"action": "A", "lead": "B"}
STAGES_COLOURS = {"P": "#4472C4", "D": "#70AD47"}


def _stages(path: Path) -> None:
    made, (sheet,) = book("2025")
    title(sheet, "A1", "CRONOGRAMA DE EXECUÇÃO – 2025", "A1:O1")
    names = "Jan Fev Mar Abr Mai Jun Jul Ago Set Out Nov Dez".split()
    header(sheet, 3, "A", ["Etapa", "Responsável", None, *names])
    draw(sheet, STAGES, STAGES_COLUMNS, "D", STAGES_COLOURS)
    draw(sheet, CARRIED_OUT, STAGES_COLUMNS, "D", STAGES_COLOURS)
    for line in STAGES:
        put(sheet, {f"C{line.row}": "Planejado", f"C{line.row + 1}": "Executado"})
        for letter in "AB":
            sheet.merge_cells(f"{letter}{line.row}:{letter}{line.row + 1}")
    save(made, path)


# -- Italian months ---------------------------------------------------------------------------------------------------

ITALIAN = lines("""
4 | 1 | Analisi dei fabbisogni | Ufficio tecnico | BB.......... | Completata => green
5 | 2 | Gara d'appalto | Ufficio gare | ..BBBB...... | In corso | Bando pubblicato
6 | 3 | Esecuzione dei lavori | Ufficio tecnico | ......BBBBB. | Da avviare
7 | 4 | Collaudo | Ufficio tecnico | ...........B | Da avviare
""")
ITALIAN_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "status": "E", "note": "R"}


def _italian(path: Path) -> None:
    made, (sheet,) = book("Cronoprogramma")
    title(sheet, "A1", "CRONOPROGRAMMA DELLE ATTIVITÀ – ANNO 2025")
    names = "GEN FEB MAR APR MAG GIU LUG AGO SET OTT NOV DIC".split()
    header(sheet, 3, "A", ["N.", "ATTIVITÀ", "RESPONSABILE", "SCADENZA", "STATO", *names, "NOTE"])
    draw(sheet, ITALIAN, ITALIAN_COLUMNS, "F", {"B": GREEN})
    down(sheet, "D", range(4, 8), [datetime(2025, month, 28) for month in (2, 6, 11, 12)])
    shown(sheet, [f"D{row}" for row in range(4, 8)], "dd/mm/yyyy")
    save(made, path)


LANGUAGES = (
    Case(
        name="german_weeks",
        imitates="A German plan with three header rows (year, months, KW 11 to 20) and hatched bars for 'put off'.",
        write=_german,
        expected=(
            Table(
                sheet="Maßnahmenplan",
                header_rows=(3, 4, 5),
                columns=GERMAN_COLUMNS,
                periods=days("F", date(2025, 3, 10), 10, 7),
                legend=GERMAN_LEGEND,
                actions=truth(GERMAN, "F", GERMAN_COLOURS, GERMAN_MEANS),
            ),
        ),
    ),
    Case(
        name="french_months",
        imitates="A French plan with start, end, progress as text (50 %) and months in words under a merged year.",
        write=_french,
        expected=(
            Table(
                sheet="Feuil1",
                header_rows=(2, 3),
                columns=FRENCH_COLUMNS,
                periods=months("G", 2025, 1, 9),
                actions=truth(FRENCH, "G", {"B": "#2E75B6"}),
            ),
        ),
    ),
    Case(
        name="spanish_status",
        imitates="A Spanish plan with a status column in words, and bars in traffic-light colours without a key.",
        write=_spanish,
        expected=(
            Table(
                sheet="Plan de mejora",
                header_rows=(2,),
                columns=SPANISH_COLUMNS,
                periods=months("E", 2025, 1, 6),
                actions=truth(SPANISH, "E", TRAFFIC, TRAFFIC_MEANS),
            ),
        ),
    ),
    Case(
        name="portuguese_weeks",
        imitates="A Portuguese plan with true dates every seven days, all its bars in one purple, and a notes sheet.",
        write=_portuguese,
        expected=(
            Table(
                sheet="Plano",
                header_rows=(4,),
                columns=PORTUGUESE_COLUMNS,
                periods=days("F", date(2025, 9, 1), 8, 7),
                actions=truth(PORTUGUESE, "F", {"B": "#7030A0"}),
            ),
        ),
    ),
    Case(
        name="planejado_executado",
        imitates="A Brazilian timetable of works: stages, and two rows for each, Planejado over Executado.",
        write=_stages,
        expected=(
            Table(
                sheet="2025",
                header_rows=(3,),
                columns=STAGES_COLUMNS,
                periods=months("D", 2025, 1, 12),
                actions=truth(STAGES, "D", STAGES_COLOURS),
            ),
        ),
    ),
    Case(
        name="italian_months",
        imitates="An Italian plan in capitals: GEN to DIC, a deadline, a status in words, all bars in one green.",
        write=_italian,
        expected=(
            Table(
                sheet="Cronoprogramma",
                header_rows=(3,),
                columns=ITALIAN_COLUMNS,
                periods=months("F", 2025, 1, 12),
                actions=truth(ITALIAN, "F", {"B": GREEN}),
            ),
        ),
    ),
)
