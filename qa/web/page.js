// What the page does by itself: chips lead to their cards, places scroll into view, keys, and Gradio's fixed words.
(() => {
  if (window.baocaoPage) return;
  window.baocaoPage = true;
  document.documentElement.lang = "vi";

  const reveal = (element) => {
    for (let box = element.closest("details:not([open])"); box; box = box.parentElement.closest("details:not([open])")) {
      box.open = true;
    }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    element.focus({ preventScroll: true });
  };

  // A chip of any turn leads to the card of that turn.
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("a.chip");
    if (!chip) return;
    const name = (chip.getAttribute("href") || "").split("#")[1];
    const card = name && document.getElementById(name);
    if (!card) return;
    event.preventDefault();
    reveal(card);
  }, true);

  const copyText = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.text);
    } catch {
      // Outside of https and localhost browsers offer no clipboard.
      const area = document.createElement("textarea");
      area.value = button.dataset.text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Đã chép";
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy[data-text]");
    if (button) copyText(button);
  });

  // A freshly opened source shows the quote in its text and the marked place of its picture.
  window.baocaoShowSource = (name) => setTimeout(() => {
    const box = document.querySelector(`${name} .source`);
    if (!box) return;
    const shelf = box.closest(".shelf");
    if (shelf) shelf.scrollTop = 0;
    const top = box.getBoundingClientRect().top;
    if (innerWidth < 900 || top < 0 || top > innerHeight / 2) box.scrollIntoView({ block: "start" });
    box.focus({ preventScroll: true });
    const mark = box.querySelector(".words mark");
    const words = box.querySelector(".words");
    if (mark && words) words.scrollTop += mark.getBoundingClientRect().top - words.getBoundingClientRect().top - 90;
    const image = box.querySelector("img.page");
    const scroll = () => {
      const frame = image.closest(".page-frame");
      frame.scrollTop = Math.max(0, Number(image.dataset.place || 0) * image.clientHeight - 60);
    };
    if (image) image.complete ? scroll() : image.addEventListener("load", scroll);
  }, 200);

  // "/" goes to the question or search box of the open tab, Escape closes the source.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const box = [...document.querySelectorAll("#cau-hoi textarea, #cau-mau textarea, #cau-mau input, #loc-kho textarea, #loc-kho input")]
        .find((field) => field.offsetParent);
      if (box) { event.preventDefault(); box.focus(); }
    }
    if (event.key === "Escape" && !typing) {
      [...document.querySelectorAll("button.close")].find((button) => button.offsetParent)?.click();
    }
  });

  // Words that Gradio has fixed in English.
  const WORDS = {
    "Chatbot": "Hội thoại", "chatbot conversation": "Hội thoại", "Scroll down": "Xuống cuối",
    "Loading response": "Đang trả lời", "Feedback": "Đánh giá", "Liked": "Đã chọn đúng", "Disliked": "Đã chọn chưa đúng",
    "Remove": "Bỏ", "Remove all": "Bỏ tất cả", "Clear": "Xóa", "Close": "Đóng", "Dismiss": "Đóng", "Submit": "Gửi",
    "Stop": "Dừng", "Copy": "Chép", "Copied": "Đã chép", "Fullscreen": "Toàn màn hình", "Download": "Tải về",
    "Error": "Lỗi", "Warning": "Lưu ý", "Info": "Thông báo", "Success": "Xong", "Show options": "Mở danh sách",
    "Upload a file": "Tải tệp lên", "Click to upload or drop files": "Bấm để chọn tệp hoặc kéo tệp vào", "Upload file": "Tải tệp lên", "Uploading": "Đang tải lên", "Uploaded files": "Tệp đã tải lên",
    "Remove this file": "Bỏ tệp này", "Remove file": "Bỏ tệp", "Loading Progress": "Tiến độ", "Connection Lost": "Mất kết nối",
    "Paste from clipboard": "Dán", "View full screen": "Toàn màn hình", "Open in new tab": "Mở thẻ mới",
    "Close toast": "Đóng thông báo", "Copy conversation": "Chép hội thoại", "More tabs": "Thẻ khác",
    "Connection errored out.": "Mất kết nối với chương trình; hãy kiểm tra xem nó còn chạy không, rồi tải lại trang.",
    "Connection to the server was lost. Attempting reconnection...": "Mất kết nối với chương trình; đang nối lại …",
    "Reconnected!": "Đã nối lại.", "Connection re-established.": "Đã nối lại.", "Lost connection.": "Mất kết nối.",
  };
  // … and those with a name in them.
  const PHRASES = [
    [/^File\(s\) exceed the maximum allowed size of ([\d.]+) Mb: (.+)$/i, "Tệp $2 lớn hơn $1 MB; hãy tách nhỏ, hoặc nâng limits.upload_mb trong baocao.toml."],
    [/^Invalid file type: (.+?)\. Only (.+) allowed\.?$/i, "Không nhận được tệp $1; ở đây chỉ nhận $2."],
  ];
  const inVietnamese = (text) => PHRASES.reduce((told, [english, words]) => told.replace(english, words), WORDS[text] || text);
  const translate = (root) => {
    for (const element of [root, ...root.querySelectorAll("[aria-label],[title],.toast-title,[data-testid=toast-text]")]) {
      for (const name of ["aria-label", "title"]) {
        const word = WORDS[element.getAttribute?.(name)];
        if (word) element.setAttribute(name, word);
      }
      if (element.matches?.(".toast-title, [data-testid=toast-text]")) {
        const text = element.textContent.trim();
        if (inVietnamese(text) !== text) element.textContent = inVietnamese(text);
      }
    }
  };
  translate(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translate(change.target);
      for (const node of change.addedNodes) translate(node.nodeType === 1 ? node : change.target);
    }
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "title"] });
})();
