// The icons that the pages show: Phosphor 2.1.1 (MIT), only those in use.
import archiveFill from '@phosphor-icons/core/assets/fill/archive-fill.svg?raw';
import arrowClockwiseBold from '@phosphor-icons/core/assets/bold/arrow-clockwise-bold.svg?raw';
import arrowCounterClockwiseBold from '@phosphor-icons/core/assets/bold/arrow-counter-clockwise-bold.svg?raw';
import arrowLeftBold from '@phosphor-icons/core/assets/bold/arrow-left-bold.svg?raw';
import arrowUpBold from '@phosphor-icons/core/assets/bold/arrow-up-bold.svg?raw';
import cameraFill from '@phosphor-icons/core/assets/fill/camera-fill.svg?raw';
import cameraRegular from '@phosphor-icons/core/assets/regular/camera.svg?raw';
import cameraRotateRegular from '@phosphor-icons/core/assets/regular/camera-rotate.svg?raw';
import caretRightBold from '@phosphor-icons/core/assets/bold/caret-right-bold.svg?raw';
import checkBold from '@phosphor-icons/core/assets/bold/check-bold.svg?raw';
import checkCircleFill from '@phosphor-icons/core/assets/fill/check-circle-fill.svg?raw';
import checksBold from '@phosphor-icons/core/assets/bold/checks-bold.svg?raw';
import circleDashedBold from '@phosphor-icons/core/assets/bold/circle-dashed-bold.svg?raw';
import clockCountdownFill from '@phosphor-icons/core/assets/fill/clock-countdown-fill.svg?raw';
import clockCountdownRegular from '@phosphor-icons/core/assets/regular/clock-countdown.svg?raw';
import clockCounterClockwiseRegular from '@phosphor-icons/core/assets/regular/clock-counter-clockwise.svg?raw';
import cloudArrowUpBold from '@phosphor-icons/core/assets/bold/cloud-arrow-up-bold.svg?raw';
import cloudCheckBold from '@phosphor-icons/core/assets/bold/cloud-check-bold.svg?raw';
import cloudSlashBold from '@phosphor-icons/core/assets/bold/cloud-slash-bold.svg?raw';
import doorRegular from '@phosphor-icons/core/assets/regular/door.svg?raw';
import exportRegular from '@phosphor-icons/core/assets/regular/export.svg?raw';
import eyeFill from '@phosphor-icons/core/assets/fill/eye-fill.svg?raw';
import faceMaskRegular from '@phosphor-icons/core/assets/regular/face-mask.svg?raw';
import flashlightFill from '@phosphor-icons/core/assets/fill/flashlight-fill.svg?raw';
import flashlightRegular from '@phosphor-icons/core/assets/regular/flashlight.svg?raw';
import gitDiffBold from '@phosphor-icons/core/assets/bold/git-diff-bold.svg?raw';
import hardDriveRegular from '@phosphor-icons/core/assets/regular/hard-drive.svg?raw';
import hourglassMediumFill from '@phosphor-icons/core/assets/fill/hourglass-medium-fill.svg?raw';
import imagesRegular from '@phosphor-icons/core/assets/regular/images.svg?raw';
import keyboardRegular from '@phosphor-icons/core/assets/regular/keyboard.svg?raw';
import listNumbersFill from '@phosphor-icons/core/assets/fill/list-numbers-fill.svg?raw';
import listNumbersRegular from '@phosphor-icons/core/assets/regular/list-numbers.svg?raw';
import magnifyingGlassBold from '@phosphor-icons/core/assets/bold/magnifying-glass-bold.svg?raw';
import magnifyingGlassRegular from '@phosphor-icons/core/assets/regular/magnifying-glass.svg?raw';
import mapPinFill from '@phosphor-icons/core/assets/fill/map-pin-fill.svg?raw';
import minusBold from '@phosphor-icons/core/assets/bold/minus-bold.svg?raw';
import pauseFill from '@phosphor-icons/core/assets/fill/pause-fill.svg?raw';
import pencilSimpleRegular from '@phosphor-icons/core/assets/regular/pencil-simple.svg?raw';
import prohibitBold from '@phosphor-icons/core/assets/bold/prohibit-bold.svg?raw';
import qrCodeBold from '@phosphor-icons/core/assets/bold/qr-code-bold.svg?raw';
import qrCodeRegular from '@phosphor-icons/core/assets/regular/qr-code.svg?raw';
import signInBold from '@phosphor-icons/core/assets/bold/sign-in-bold.svg?raw';
import signOutBold from '@phosphor-icons/core/assets/bold/sign-out-bold.svg?raw';
import signatureRegular from '@phosphor-icons/core/assets/regular/signature.svg?raw';
import sunBold from '@phosphor-icons/core/assets/bold/sun-bold.svg?raw';
import sunFill from '@phosphor-icons/core/assets/fill/sun-fill.svg?raw';
import thermometerSimpleRegular from '@phosphor-icons/core/assets/regular/thermometer-simple.svg?raw';
import translateRegular from '@phosphor-icons/core/assets/regular/translate.svg?raw';
import trashRegular from '@phosphor-icons/core/assets/regular/trash.svg?raw';
import trayArrowUpFill from '@phosphor-icons/core/assets/fill/tray-arrow-up-fill.svg?raw';
import trayArrowUpRegular from '@phosphor-icons/core/assets/regular/tray-arrow-up.svg?raw';
import userPlusBold from '@phosphor-icons/core/assets/bold/user-plus-bold.svg?raw';
import warningCircleFill from '@phosphor-icons/core/assets/fill/warning-circle-fill.svg?raw';
import warningDiamondFill from '@phosphor-icons/core/assets/fill/warning-diamond-fill.svg?raw';
import warningOctagonFill from '@phosphor-icons/core/assets/fill/warning-octagon-fill.svg?raw';
import wrenchFill from '@phosphor-icons/core/assets/fill/wrench-fill.svg?raw';
import xBold from '@phosphor-icons/core/assets/bold/x-bold.svg?raw';
import xSquareFill from '@phosphor-icons/core/assets/fill/x-square-fill.svg?raw';
import type { MoreIcon } from './more-icons.ts';

const pictures = {
  'archive-fill': archiveFill,
  'arrow-clockwise-bold': arrowClockwiseBold,
  'arrow-counter-clockwise-bold': arrowCounterClockwiseBold,
  'arrow-left-bold': arrowLeftBold,
  'arrow-up-bold': arrowUpBold,
  'camera-fill': cameraFill,
  'camera-regular': cameraRegular,
  'camera-rotate-regular': cameraRotateRegular,
  'caret-right-bold': caretRightBold,
  'check-bold': checkBold,
  'check-circle-fill': checkCircleFill,
  'checks-bold': checksBold,
  'circle-dashed-bold': circleDashedBold,
  'clock-countdown-fill': clockCountdownFill,
  'clock-countdown-regular': clockCountdownRegular,
  'clock-counter-clockwise-regular': clockCounterClockwiseRegular,
  'cloud-arrow-up-bold': cloudArrowUpBold,
  'cloud-check-bold': cloudCheckBold,
  'cloud-slash-bold': cloudSlashBold,
  'door-regular': doorRegular,
  'export-regular': exportRegular,
  'eye-fill': eyeFill,
  'face-mask-regular': faceMaskRegular,
  'flashlight-fill': flashlightFill,
  'flashlight-regular': flashlightRegular,
  'git-diff-bold': gitDiffBold,
  'hard-drive-regular': hardDriveRegular,
  'hourglass-medium-fill': hourglassMediumFill,
  'images-regular': imagesRegular,
  'keyboard-regular': keyboardRegular,
  'list-numbers-fill': listNumbersFill,
  'list-numbers-regular': listNumbersRegular,
  'magnifying-glass-bold': magnifyingGlassBold,
  'magnifying-glass-regular': magnifyingGlassRegular,
  'map-pin-fill': mapPinFill,
  'minus-bold': minusBold,
  'pause-fill': pauseFill,
  'pencil-simple-regular': pencilSimpleRegular,
  'prohibit-bold': prohibitBold,
  'qr-code-bold': qrCodeBold,
  'qr-code-regular': qrCodeRegular,
  'sign-in-bold': signInBold,
  'sign-out-bold': signOutBold,
  'signature-regular': signatureRegular,
  'sun-bold': sunBold,
  'sun-fill': sunFill,
  'thermometer-simple-regular': thermometerSimpleRegular,
  'translate-regular': translateRegular,
  'trash-regular': trashRegular,
  'tray-arrow-up-fill': trayArrowUpFill,
  'tray-arrow-up-regular': trayArrowUpRegular,
  'user-plus-bold': userPlusBold,
  'warning-circle-fill': warningCircleFill,
  'warning-diamond-fill': warningDiamondFill,
  'warning-octagon-fill': warningOctagonFill,
  'wrench-fill': wrenchFill,
  'x-bold': xBold,
  'x-square-fill': xSquareFill,
};

export type IconName = keyof typeof pictures | MoreIcon;

/** Each picture is one path in a square of 256. */
const pathIn = (picture: string): string => /\bd="([^"]+)"/.exec(picture)?.[1] ?? '';
const paths = new Map<string, string>();

/** For a face that shows more of them. */
export function addIcons(more: Record<string, string>): void {
  for (const [name, picture] of Object.entries(more)) paths.set(name, pathIn(picture));
}
addIcons(pictures);

export const iconPath = (name: IconName): string => paths.get(name) ?? '';
