;; A single bit that a shift selects decides a branch.
(module
  (func $f (param i32 i32) (result i32)
    (if (result i32) (i32.and (i32.shr_u (local.get 0) (local.get 1)) (i32.const 1))
      (then (i32.const 10))
      (else (i32.const 20)))))

;; Graph
;; b0:
;;   v0 = i32.shr_u p0:i32, p1:i32
;;   v1 = i32.and v0, 1
;;   v2 = select 10, 20, v1
;;   return v2
;; Code
;; b0:
;;   0000  b8 14 00 00 00                 mov eax, 20
;;   0005  0f a3 f7                       bt edi, esi
;;   0008  0f 42 05 01 00 00 00           cmovb eax, [rip + 1]
;;   000f  c3                             ret
;; constants:
;;   0010  0a 00 00 00
