;; A comparison as a number, and its opposite.
(module
  (func $f (param i32 i32) (result i32)
    (i32.sub
      (i32.lt_s (local.get 0) (local.get 1))
      (i32.eqz (i32.lt_u (local.get 0) (local.get 1))))))

;; Graph
;; b0:
;;   v0 = i32.lt_s p0:i32, p1:i32
;;   v1 = i32.ge_u p0:i32, p1:i32
;;   v2 = i32.sub v0, v1
;;   return v2
;; Code
;; b0:
;;   0000  31 c0                          xor eax, eax
;;   0002  39 f7                          cmp edi, esi
;;   0004  0f 9c c0                       setl al
;;   0007  31 c9                          xor ecx, ecx
;;   0009  39 f7                          cmp edi, esi
;;   000b  0f 93 c1                       setae cl
;;   000e  29 c8                          sub eax, ecx
;;   0010  c3                             ret
