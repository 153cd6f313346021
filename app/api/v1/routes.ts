import * as actors from "@/app/api/v1/actors/route";
import * as actor from "@/app/api/v1/actors/[ref]/route";
import * as merge from "@/app/api/v1/actors/[ref]/merge/route";
import * as members from "@/app/api/v1/actors/[ref]/members/route";
import * as membership from "@/app/api/v1/actors/[ref]/members/[id]/route";
import * as changes from "@/app/api/v1/changes/route";
import * as codebookIssues from "@/app/api/v1/codebook/issues/route";
import * as codebookIssue from "@/app/api/v1/codebook/issues/[code]/route";
import * as quotationsOnCsv from "@/app/api/v1/codebook/issues/[code]/quotations.csv/route";
import * as quotationsOnMetadata from "@/app/api/v1/codebook/issues/[code]/quotations.csv-metadata.json/route";
import * as quotationsOnMarkdown from "@/app/api/v1/codebook/issues/[code]/quotations.md/route";
import * as issueTrendCsv from "@/app/api/v1/codebook/issues/[code]/trend.csv/route";
import * as issueTrendMetadata from "@/app/api/v1/codebook/issues/[code]/trend.csv-metadata.json/route";
import * as codebookVersions from "@/app/api/v1/codebook/versions/route";
import * as compare from "@/app/api/v1/compare/route";
import * as compareCsv from "@/app/api/v1/compare.csv/route";
import * as compareMetadata from "@/app/api/v1/compare.csv-metadata.json/route";
import * as dialogues from "@/app/api/v1/dialogues/route";
import * as dialogue from "@/app/api/v1/dialogues/[slug]/route";
import * as figures from "@/app/api/v1/dialogues/[slug]/figures/route";
import * as participants from "@/app/api/v1/dialogues/[slug]/participants/route";
import * as participantsCsv from "@/app/api/v1/dialogues/[slug]/participants.csv/route";
import * as participantsCsvMetadata from "@/app/api/v1/dialogues/[slug]/participants.csv-metadata.json/route";
import * as participantsDocx from "@/app/api/v1/dialogues/[slug]/participants.docx/route";
import * as participantsImport from "@/app/api/v1/dialogues/[slug]/participants/import/route";
import * as participantsJson from "@/app/api/v1/dialogues/[slug]/participants.json/route";
import * as participantsMatch from "@/app/api/v1/dialogues/[slug]/participants/match/route";
import * as participantsXlsx from "@/app/api/v1/dialogues/[slug]/participants.xlsx/route";
import * as represented from "@/app/api/v1/dialogues/[slug]/represented/route";
import * as statements from "@/app/api/v1/dialogues/[slug]/statements/route";
import * as documents from "@/app/api/v1/documents/route";
import * as document from "@/app/api/v1/documents/[id]/route";
import * as exportZip from "@/app/api/v1/export.zip/route";
import * as cumulative from "@/app/api/v1/figures/cumulative/route";
import * as matrix from "@/app/api/v1/matrix/route";
import * as matrixCsv from "@/app/api/v1/matrix.csv/route";
import * as matrixMetadata from "@/app/api/v1/matrix.csv-metadata.json/route";
import * as participationCsv from "@/app/api/v1/participation.csv/route";
import * as participationMetadata from "@/app/api/v1/participation.csv-metadata.json/route";
import * as positions from "@/app/api/v1/positions/route";
import * as publishedFigures from "@/app/api/v1/published-figures/route";
import * as quotation from "@/app/api/v1/quotations/[id]/route";
import * as reports from "@/app/api/v1/reports/route";
import * as report from "@/app/api/v1/reports/[ref]/route";
import * as search from "@/app/api/v1/search/route";
import * as shifts from "@/app/api/v1/shifts/route";
import * as shift from "@/app/api/v1/shifts/[actor]/[earlier]/[later]/route";
import * as shiftDecision from "@/app/api/v1/shifts/[actor]/[earlier]/[later]/decision/route";
import * as statement from "@/app/api/v1/statements/[id]/route";
import * as quotations from "@/app/api/v1/statements/[id]/quotations/route";
import * as statementPositions from "@/app/api/v1/statements/[id]/positions/route";
import * as restore from "@/app/api/v1/statements/[id]/restore/route";
import * as textOfStatement from "@/app/api/v1/statements/[id]/text/route";
import * as texts from "@/app/api/v1/statements/[id]/texts/route";
import * as text from "@/app/api/v1/texts/[id]/route";
import * as textVersions from "@/app/api/v1/texts/[id]/versions/route";
import * as textVersion from "@/app/api/v1/texts/[id]/versions/[version]/route";
import * as views from "@/app/api/v1/views/route";
import * as view from "@/app/api/v1/views/[id]/route";
import * as trendsCsv from "@/app/api/v1/trends.csv/route";
import * as trendsMetadata from "@/app/api/v1/trends.csv-metadata.json/route";
import * as votes from "@/app/api/v1/votes/route";
import * as vote from "@/app/api/v1/votes/[ref]/route";
import * as rollCallCsv from "@/app/api/v1/votes/[ref]/roll-call.csv/route";
import type { Operations } from "@/lib/openapi";
import { operationsOf } from "@/lib/route";

/** Every address of the API but its own description, as OpenAPI writes them. A test compares this with the folders. */
export const ROUTES: Record<string, Operations> = {
  "/actors": operationsOf(actors.GET),
  "/actors/{ref}": operationsOf(actor.GET),
  "/actors/{ref}/members": operationsOf(members.GET),
  "/actors/{ref}/members/{id}": operationsOf(membership.GET),
  "/actors/{ref}/merge": operationsOf(merge.GET),
  "/changes": operationsOf(changes.GET),
  "/codebook/issues": operationsOf(codebookIssues.GET),
  "/codebook/issues/{code}": operationsOf(codebookIssue.GET),
  "/codebook/issues/{code}/quotations.csv": operationsOf(quotationsOnCsv.GET),
  "/codebook/issues/{code}/quotations.csv-metadata.json": operationsOf(quotationsOnMetadata.GET),
  "/codebook/issues/{code}/quotations.md": operationsOf(quotationsOnMarkdown.GET),
  "/codebook/issues/{code}/trend.csv": operationsOf(issueTrendCsv.GET),
  "/codebook/issues/{code}/trend.csv-metadata.json": operationsOf(issueTrendMetadata.GET),
  "/codebook/versions": operationsOf(codebookVersions.GET),
  "/compare": operationsOf(compare.GET),
  "/compare.csv": operationsOf(compareCsv.GET),
  "/compare.csv-metadata.json": operationsOf(compareMetadata.GET),
  "/dialogues": operationsOf(dialogues.GET),
  "/dialogues/{slug}": operationsOf(dialogue.GET),
  "/dialogues/{slug}/figures": operationsOf(figures.GET),
  "/dialogues/{slug}/participants": operationsOf(participants.GET),
  "/dialogues/{slug}/participants.csv": operationsOf(participantsCsv.GET),
  "/dialogues/{slug}/participants.csv-metadata.json": operationsOf(participantsCsvMetadata.GET),
  "/dialogues/{slug}/participants.docx": operationsOf(participantsDocx.GET),
  "/dialogues/{slug}/participants.json": operationsOf(participantsJson.GET),
  "/dialogues/{slug}/participants.xlsx": operationsOf(participantsXlsx.GET),
  "/dialogues/{slug}/participants/import": operationsOf(participantsImport.GET),
  "/dialogues/{slug}/participants/match": operationsOf(participantsMatch.GET),
  "/dialogues/{slug}/represented": operationsOf(represented.GET),
  "/dialogues/{slug}/statements": operationsOf(statements.GET),
  "/documents": operationsOf(documents.GET),
  "/documents/{id}": operationsOf(document.GET),
  "/export.zip": operationsOf(exportZip.GET),
  "/figures/cumulative": operationsOf(cumulative.GET),
  "/matrix": operationsOf(matrix.GET),
  "/matrix.csv": operationsOf(matrixCsv.GET),
  "/matrix.csv-metadata.json": operationsOf(matrixMetadata.GET),
  "/participation.csv": operationsOf(participationCsv.GET),
  "/participation.csv-metadata.json": operationsOf(participationMetadata.GET),
  "/positions": operationsOf(positions.GET),
  "/published-figures": operationsOf(publishedFigures.GET),
  "/quotations/{id}": operationsOf(quotation.GET),
  "/reports": operationsOf(reports.GET),
  "/reports/{ref}": operationsOf(report.GET),
  "/search": operationsOf(search.GET),
  "/shifts": operationsOf(shifts.GET),
  "/shifts/{actor}/{earlier}/{later}": operationsOf(shift.GET),
  "/shifts/{actor}/{earlier}/{later}/decision": operationsOf(shiftDecision.GET),
  "/statements/{id}": operationsOf(statement.GET),
  "/statements/{id}/quotations": operationsOf(quotations.GET),
  "/statements/{id}/positions": operationsOf(statementPositions.GET),
  "/statements/{id}/restore": operationsOf(restore.GET),
  "/statements/{id}/text": operationsOf(textOfStatement.GET),
  "/statements/{id}/texts": operationsOf(texts.GET),
  "/texts/{id}": operationsOf(text.GET),
  "/texts/{id}/versions": operationsOf(textVersions.GET),
  "/texts/{id}/versions/{version}": operationsOf(textVersion.GET),
  "/views": operationsOf(views.GET),
  "/views/{id}": operationsOf(view.GET),
  "/trends.csv": operationsOf(trendsCsv.GET),
  "/trends.csv-metadata.json": operationsOf(trendsMetadata.GET),
  "/votes": operationsOf(votes.GET),
  "/votes/{ref}": operationsOf(vote.GET),
  "/votes/{ref}/roll-call.csv": operationsOf(rollCallCsv.GET),
};
