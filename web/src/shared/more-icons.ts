// The icons that only the desk shows: Phosphor 2.1.1 (MIT), only those in use. The phone does not load them.
import arrowLeftRegular from '@phosphor-icons/core/assets/regular/arrow-left.svg?raw';
import arrowRightRegular from '@phosphor-icons/core/assets/regular/arrow-right.svg?raw';
import arrowSquareOutRegular from '@phosphor-icons/core/assets/regular/arrow-square-out.svg?raw';
import arrowUUpLeftBold from '@phosphor-icons/core/assets/bold/arrow-u-up-left-bold.svg?raw';
import arrowUUpLeftRegular from '@phosphor-icons/core/assets/regular/arrow-u-up-left.svg?raw';
import arrowsHorizontalBold from '@phosphor-icons/core/assets/bold/arrows-horizontal-bold.svg?raw';
import arrowsLeftRightBold from '@phosphor-icons/core/assets/bold/arrows-left-right-bold.svg?raw';
import calendarBlankRegular from '@phosphor-icons/core/assets/regular/calendar-blank.svg?raw';
import calendarPlusRegular from '@phosphor-icons/core/assets/regular/calendar-plus.svg?raw';
import cameraSlashRegular from '@phosphor-icons/core/assets/regular/camera-slash.svg?raw';
import caretDownBold from '@phosphor-icons/core/assets/bold/caret-down-bold.svg?raw';
import caretLeftBold from '@phosphor-icons/core/assets/bold/caret-left-bold.svg?raw';
import caretUpBold from '@phosphor-icons/core/assets/bold/caret-up-bold.svg?raw';
import chartBarHorizontalFill from '@phosphor-icons/core/assets/fill/chart-bar-horizontal-fill.svg?raw';
import chartBarHorizontalRegular from '@phosphor-icons/core/assets/regular/chart-bar-horizontal.svg?raw';
import chatCircleTextRegular from '@phosphor-icons/core/assets/regular/chat-circle-text.svg?raw';
import checkSquareFill from '@phosphor-icons/core/assets/fill/check-square-fill.svg?raw';
import clipboardTextFill from '@phosphor-icons/core/assets/fill/clipboard-text-fill.svg?raw';
import clipboardTextRegular from '@phosphor-icons/core/assets/regular/clipboard-text.svg?raw';
import columnsRegular from '@phosphor-icons/core/assets/regular/columns.svg?raw';
import copyRegular from '@phosphor-icons/core/assets/regular/copy.svg?raw';
import crosshairRegular from '@phosphor-icons/core/assets/regular/crosshair.svg?raw';
import dotsThreeBold from '@phosphor-icons/core/assets/bold/dots-three-bold.svg?raw';
import downloadSimpleRegular from '@phosphor-icons/core/assets/regular/download-simple.svg?raw';
import filePdfRegular from '@phosphor-icons/core/assets/regular/file-pdf.svg?raw';
import fingerprintFill from '@phosphor-icons/core/assets/fill/fingerprint-fill.svg?raw';
import fingerprintRegular from '@phosphor-icons/core/assets/regular/fingerprint.svg?raw';
import footprintsFill from '@phosphor-icons/core/assets/fill/footprints-fill.svg?raw';
import footprintsRegular from '@phosphor-icons/core/assets/regular/footprints.svg?raw';
import funnelSimpleRegular from '@phosphor-icons/core/assets/regular/funnel-simple.svg?raw';
import gavelFill from '@phosphor-icons/core/assets/fill/gavel-fill.svg?raw';
import gavelRegular from '@phosphor-icons/core/assets/regular/gavel.svg?raw';
import gearFill from '@phosphor-icons/core/assets/fill/gear-fill.svg?raw';
import gearRegular from '@phosphor-icons/core/assets/regular/gear.svg?raw';
import hourglassMediumRegular from '@phosphor-icons/core/assets/regular/hourglass-medium.svg?raw';
import infoRegular from '@phosphor-icons/core/assets/regular/info.svg?raw';
import keyRegular from '@phosphor-icons/core/assets/regular/key.svg?raw';
import linkRegular from '@phosphor-icons/core/assets/regular/link.svg?raw';
import listBold from '@phosphor-icons/core/assets/bold/list-bold.svg?raw';
import listChecksFill from '@phosphor-icons/core/assets/fill/list-checks-fill.svg?raw';
import listChecksRegular from '@phosphor-icons/core/assets/regular/list-checks.svg?raw';
import lockRegular from '@phosphor-icons/core/assets/regular/lock.svg?raw';
import mapTrifoldRegular from '@phosphor-icons/core/assets/regular/map-trifold.svg?raw';
import moonRegular from '@phosphor-icons/core/assets/regular/moon.svg?raw';
import notePencilRegular from '@phosphor-icons/core/assets/regular/note-pencil.svg?raw';
import packageRegular from '@phosphor-icons/core/assets/regular/package.svg?raw';
import pathRegular from '@phosphor-icons/core/assets/regular/path.svg?raw';
import pauseRegular from '@phosphor-icons/core/assets/regular/pause.svg?raw';
import plusBold from '@phosphor-icons/core/assets/bold/plus-bold.svg?raw';
import printerRegular from '@phosphor-icons/core/assets/regular/printer.svg?raw';
import questionRegular from '@phosphor-icons/core/assets/regular/question.svg?raw';
import sealCheckFill from '@phosphor-icons/core/assets/fill/seal-check-fill.svg?raw';
import sealCheckRegular from '@phosphor-icons/core/assets/regular/seal-check.svg?raw';
import shieldCheckRegular from '@phosphor-icons/core/assets/regular/shield-check.svg?raw';
import sirenRegular from '@phosphor-icons/core/assets/regular/siren.svg?raw';
import storefrontRegular from '@phosphor-icons/core/assets/regular/storefront.svg?raw';
import sunHorizonFill from '@phosphor-icons/core/assets/fill/sun-horizon-fill.svg?raw';
import sunHorizonRegular from '@phosphor-icons/core/assets/regular/sun-horizon.svg?raw';
import swapFill from '@phosphor-icons/core/assets/fill/swap-fill.svg?raw';
import swapRegular from '@phosphor-icons/core/assets/regular/swap.svg?raw';
import tableRegular from '@phosphor-icons/core/assets/regular/table.svg?raw';
import trayArrowDownFill from '@phosphor-icons/core/assets/fill/tray-arrow-down-fill.svg?raw';
import trayArrowDownRegular from '@phosphor-icons/core/assets/regular/tray-arrow-down.svg?raw';
import userCircleRegular from '@phosphor-icons/core/assets/regular/user-circle.svg?raw';
import usersThreeFill from '@phosphor-icons/core/assets/fill/users-three-fill.svg?raw';
import usersThreeRegular from '@phosphor-icons/core/assets/regular/users-three.svg?raw';
import warningDiamondRegular from '@phosphor-icons/core/assets/regular/warning-diamond.svg?raw';
import warningOctagonRegular from '@phosphor-icons/core/assets/regular/warning-octagon.svg?raw';
import warningRegular from '@phosphor-icons/core/assets/regular/warning.svg?raw';
import xSquareRegular from '@phosphor-icons/core/assets/regular/x-square.svg?raw';

export const moreIcons = {
  'arrow-left-regular': arrowLeftRegular,
  'arrow-right-regular': arrowRightRegular,
  'arrow-square-out-regular': arrowSquareOutRegular,
  'arrow-u-up-left-bold': arrowUUpLeftBold,
  'arrow-u-up-left-regular': arrowUUpLeftRegular,
  'arrows-horizontal-bold': arrowsHorizontalBold,
  'arrows-left-right-bold': arrowsLeftRightBold,
  'calendar-blank-regular': calendarBlankRegular,
  'calendar-plus-regular': calendarPlusRegular,
  'camera-slash-regular': cameraSlashRegular,
  'caret-down-bold': caretDownBold,
  'caret-left-bold': caretLeftBold,
  'caret-up-bold': caretUpBold,
  'chart-bar-horizontal-fill': chartBarHorizontalFill,
  'chart-bar-horizontal-regular': chartBarHorizontalRegular,
  'chat-circle-text-regular': chatCircleTextRegular,
  'check-square-fill': checkSquareFill,
  'clipboard-text-fill': clipboardTextFill,
  'clipboard-text-regular': clipboardTextRegular,
  'columns-regular': columnsRegular,
  'copy-regular': copyRegular,
  'crosshair-regular': crosshairRegular,
  'dots-three-bold': dotsThreeBold,
  'download-simple-regular': downloadSimpleRegular,
  'file-pdf-regular': filePdfRegular,
  'fingerprint-fill': fingerprintFill,
  'fingerprint-regular': fingerprintRegular,
  'footprints-fill': footprintsFill,
  'footprints-regular': footprintsRegular,
  'funnel-simple-regular': funnelSimpleRegular,
  'gavel-fill': gavelFill,
  'gavel-regular': gavelRegular,
  'gear-fill': gearFill,
  'gear-regular': gearRegular,
  'hourglass-medium-regular': hourglassMediumRegular,
  'info-regular': infoRegular,
  'key-regular': keyRegular,
  'link-regular': linkRegular,
  'list-bold': listBold,
  'list-checks-fill': listChecksFill,
  'list-checks-regular': listChecksRegular,
  'lock-regular': lockRegular,
  'map-trifold-regular': mapTrifoldRegular,
  'moon-regular': moonRegular,
  'note-pencil-regular': notePencilRegular,
  'package-regular': packageRegular,
  'path-regular': pathRegular,
  'pause-regular': pauseRegular,
  'plus-bold': plusBold,
  'printer-regular': printerRegular,
  'question-regular': questionRegular,
  'seal-check-fill': sealCheckFill,
  'seal-check-regular': sealCheckRegular,
  'shield-check-regular': shieldCheckRegular,
  'siren-regular': sirenRegular,
  'storefront-regular': storefrontRegular,
  'sun-horizon-fill': sunHorizonFill,
  'sun-horizon-regular': sunHorizonRegular,
  'swap-fill': swapFill,
  'swap-regular': swapRegular,
  'table-regular': tableRegular,
  'tray-arrow-down-fill': trayArrowDownFill,
  'tray-arrow-down-regular': trayArrowDownRegular,
  'user-circle-regular': userCircleRegular,
  'users-three-fill': usersThreeFill,
  'users-three-regular': usersThreeRegular,
  'warning-diamond-regular': warningDiamondRegular,
  'warning-octagon-regular': warningOctagonRegular,
  'warning-regular': warningRegular,
  'x-square-regular': xSquareRegular,
};

export type MoreIcon = keyof typeof moreIcons;
