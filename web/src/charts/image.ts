// A chart as a picture for slides and letters: title, what is plotted, the drawing, where it comes from. In: an option as the
// page draws it. Out: SVG text, or PNG. Always in the light colours, at one width, so that the same data give the same picture.
import { renderSvg } from './echarts';
import { readPalette, type Drawing, type Palette } from './marks';
import { widthOf } from './scale';

export interface Caption {
  title: string;
  lede: string;
  source: string;
}

const kWidth = 960;
const kEdge = 32;
const kTitleSize = 22;
const kTextSize = 14;
const kSourceSize = 12;
const kPixels = 2;

/** The palette of the light theme, whatever theme the page is in. */
export function lightPalette(): Palette {
  const probe = document.createElement('div');
  probe.className = 'light';
  document.body.append(probe);
  const palette = readPalette(probe);
  probe.remove();
  return palette;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Breaks a text into lines of at most this width. */
function lines(text: string, font: string, width: number): string[] {
  const result: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, font) > width) {
      result.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line ? [...result, line] : result;
}

export function chartSvg(drawing: Drawing, caption: Caption): string {
  const palette = lightPalette();
  const room = kWidth - 2 * kEdge;
  const { height, shapes } = drawing(room, palette);
  const parts: string[] = [];
  let y = kEdge;
  const write = (text: string, family: string, weight: number, size: number, colour: string) => {
    for (const line of lines(text, `${weight} ${size}px ${family}`, room)) {
      y += size * 1.35;
      parts.push(
        `<text x="${kEdge}" y="${y.toFixed(1)}" font-family="${escape(family)}" font-weight="${weight}" font-size="${size}" fill="${colour}">${escape(line)}</text>`,
      );
    }
  };
  write(caption.title, palette.serif, 600, kTitleSize, palette.ink);
  write(caption.lede, palette.sans, 400, kTextSize, palette.soft);
  y += kTextSize;
  const chart = renderSvg(shapes, room, height);
  parts.push(`<svg x="${kEdge}" y="${y.toFixed(1)}" ${chart.slice('<svg '.length)}`);
  y += height + kTextSize;
  write(caption.source, palette.sans, 400, kSourceSize, palette.soft);
  const whole = Math.ceil(y + kEdge);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${kWidth}" height="${whole}" viewBox="0 0 ${kWidth} ${whole}">`,
    `<rect width="${kWidth}" height="${whole}" fill="${palette.paper}"/>`,
    ...parts,
    '</svg>',
  ].join('');
}

/** The picture in pixels, twice as many as it is wide, for screens that show them. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  // As data, not as an address: a page opened from a disk may not read back what came from an address.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * kPixels;
  canvas.height = image.naturalHeight * kPixels;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'),
  );
}
