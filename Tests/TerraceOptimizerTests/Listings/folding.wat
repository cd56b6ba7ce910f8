;; What can be computed while the graph is built.
(module
  (func $f (param i32) (result i32)
    (i32.add
      (i32.mul (i32.const 6) (i32.const 7))
      (i32.and (i32.xor (local.get 0) (local.get 0)) (local.get 0)))))

;; Graph
;; b0:
;;   return 42
;; Code
;; b0:
;;   0000  b8 2a 00 00 00                 mov eax, 42
;;   0005  c3                             ret
