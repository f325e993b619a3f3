# Compares prospect-messages(7) with what the sources say. Reads the page, the
# whole messages and the other texts, as templates of gettext; says what the
# page lacks and what nothing says any more. Messages made of parts are on the
# page as they come out: all parts of the files that `composed` matches stand on
# it, and of an item that is no whole message nothing is left without parts.

# The text with its arguments, which the page calls <...>, as "\002".
function marked(text) {
	gsub(/%%/, "\001", text)
	gsub(/%[-0-9.*]*(ll|z)?[a-zX]/, "\002", text)
	gsub(/\001/, "%", text)
	gsub(/<[a-z]+>/, "\002", text)
	return text
}
function bare(text) {
	gsub(/\002/, "", text)
	return text
}
function quoted(line) {
	sub(/^[^"]*"/, "", line)
	sub(/"$/, "", line)
	gsub(/\\"/, "\"", line)
	gsub(/\\\\/, "\\", line)
	return marked(line)
}
# Whether what stands between the arguments of a text is on a line.
function holds(line, text,  pieces, n, i, at) {
	n = split(text, pieces, "\002")
	for (i = 1; i <= n; i++) {
		at = index(line, pieces[i])
		if (pieces[i] != "" && at == 0)
			return 0
		line = substr(line, at + length(pieces[i]))
	}
	return 1
}
function is_shown(text,  item) {
	for (item in items)
		if (holds(items[item], text))
			return 1
	return holds(prose, text)
}
FILENAME ~ /\.7$/ {
	gsub(/\\e/, "\\")
	gsub(/\\\(dq/, "\"")
	if (/^\.It "/) {
		line = $0
		sub(/^\.It "/, "", line)
		sub(/"$/, "", line)
		items[bare(marked(line))] = line
	} else
		prose = prose " " $0
	next
}
/^#: / { place = $0 }
/^msgid / { one = quoted($0) }
/^msgid_plural / { one = quoted($0) }
/^msgstr/ && one != "" {
	if (FILENAME ~ /messages$/)
		messages[bare(one)] = place
	else if (one ~ /[a-zA-Z]/) {
		texts[bare(one)] = place
		if (place ~ composed)
			parts[one] = place
	}
	one = ""
}
# Takes the parts out of an item, in any order, the longest first.
function rest_of(item,  text, best, at) {
	for (;;) {
		best = ""
		for (text in texts)
			if (length(text) > length(best) &&
			    index(item, text) > 0)
				best = text
		if (best == "")
			return item
		at = index(item, best)
		item = substr(item, 1, at - 1) \
			substr(item, at + length(best))
	}
}
END {
	for (text in messages)
		if (text ~ /[a-zA-Z]/ && !(text in items))
			print "the page lacks: " text " (" messages[text] ")"
	for (text in parts)
		if (!is_shown(text))
			print "the page lacks: " text " (" parts[text] ")"
	texts[": {position: }}"] = texts[": {position: }"] = ""
	for (text in items)
		if (!(text in messages) && rest_of(text) ~ /[a-zA-Z]/)
			print "nothing says: " items[text]
}
