;; More arguments than registers.
(module
  (func $g (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) (i32.add (local.get 0) (local.get 8)))
  (func $f (param i32) (result i32)
    (call $g (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (local.get 0))))

;; Graph
;; b0:
;;   v0 = i32.add p0:i32, p0:i32
;;   return v0
;; Code
;; b0:
;;   0000  8d 04 3f                       lea eax, [rdi + rdi]
;;   0003  c3                             ret
