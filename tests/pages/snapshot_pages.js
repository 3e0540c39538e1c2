/* For test_snapshot_pages.py. */

export const lettersDrawn = () => ({
    faces: [...document.fonts].map((face) => face.status),
    lines: [...document.querySelectorAll("text")].map((text) => {
        const box = text.getBBox();
        const size = parseFloat(text.style.fontSize);
        return [text.textContent, size, box.x, box.x + box.width];
    }),
});
