// A photo of a telephone is far larger than a card needs: drawn smaller before it is sent, which also leaves out where
// and when it was taken. Without this script, or when it cannot, the file goes as it is and the server does that.
const SIDE = 900;

async function smaller(file) {
  const picture = await createImageBitmap(file);
  const shrunk = Math.min(1, SIDE / Math.min(picture.width, picture.height));
  if (shrunk === 1 && file.size < 400_000) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * shrunk);
  canvas.height = Math.round(picture.height * shrunk);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
  return made ? new File([made], "foto.jpg", { type: "image/jpeg" }) : file;
}

for (const form of document.querySelectorAll("[data-photo]")) {
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    try {
      const chosen = new DataTransfer();
      chosen.items.add(await smaller(input.files[0]));
      input.files = chosen.files;
    } catch {
      // not a picture this browser can draw: the server says so
    }
  });
}
