export const id = 583;
export const ids = [583];
export const modules = {

/***/ 6896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KR: () => (/* binding */ ENV_EXAMPLES),
/* harmony export */   Yk: () => (/* binding */ FOLDERS),
/* harmony export */   oB: () => (/* binding */ hasLike),
/* harmony export */   zy: () => (/* binding */ has)
/* harmony export */ });
/** Folders that are looked into, beside the folder itself. */
const FOLDERS = ['bin', 'db', 'db/migrate', 'db/migrations', 'k8s', 'migrations', 'prisma', 'scripts', 'tests'];
const ENV_EXAMPLES = ['.env.example', '.env.sample', '.env.template', 'env.example'];
const has = ({ files }, ...names) => names.some(name => files.includes(name));
/** Whether one of its files matches, such as SQL files of a folder. */
const hasLike = ({ files }, pattern) => files.some(file => pattern.test(file));


/***/ }),

/***/ 4583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lookAround: () => (/* binding */ lookAround)
/* harmony export */ });
/* unused harmony exports scriptsOf, namesOf */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _facts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6896);



/** Looks at a folder, one level deep; what cannot be read counts as not there. */
async function lookAround(folder) {
    const [own, ...inner] = await Promise.all([listFiles(folder, ''), ..._facts_js__WEBPACK_IMPORTED_MODULE_2__/* .FOLDERS */ .Yk.map(name => listFiles(folder, name))]);
    const files = [...(own ?? []), ...inner.flat()];
    const examples = _facts_js__WEBPACK_IMPORTED_MODULE_2__/* .ENV_EXAMPLES */ .KR.filter(name => files.includes(name));
    const texts = await Promise.all(examples.map(name => readText((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name))));
    return {
        files,
        scripts: scriptsOf(await readText((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'package.json'))),
        envNames: [...new Set(texts.flatMap(namesOf))]
    };
}
async function listFiles(folder, inner) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, inner), { withFileTypes: true }).catch(() => []);
    return entries.filter(entry => entry.isFile()).map(({ name }) => (inner === '' ? name : `${inner}/${name}`));
}
const readText = (path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => '');
/** A package.json that cannot be read is somebody else's problem. */
function scriptsOf(text) {
    try {
        const parsed = JSON.parse(text);
        const scripts = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : undefined;
        return typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : [];
    }
    catch {
        return [];
    }
}
/** The names of `NAME=value` lines; the values are never kept. */
const namesOf = (text) => [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/gm)].map(([, name = '']) => name);


/***/ })

};
