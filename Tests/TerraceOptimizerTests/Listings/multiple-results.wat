;; Results in memory.
(module
  (func $g (param i32) (result i32 i64 f64) (local.get 0) (i64.const 2) (f64.const 3))
  (func $f (param i32) (result i64) (local i64)
    (call $g (local.get 0))
    drop local.set 1 drop local.get 1))

;; Graph
;; b0:
;;   return 2L
;; Code
;; b0:
;;   0000  b8 02 00 00 00                 mov eax, 2
;;   0005  c3                             ret
