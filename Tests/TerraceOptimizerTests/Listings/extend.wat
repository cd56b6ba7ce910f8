;; Extensions, one of them of a value whose upper half is known.
(module
  (func $f (param i32 i64) (result i64)
    (i64.add
      (i64.extend_i32_u (i32.and (local.get 0) (i32.const 255)))
      (i64.add (i64.extend8_s (local.get 1)) (i64.extend_i32_s (local.get 0))))))

;; Graph
;; b0:
;;   v0 = i32.and p0:i32, 255
;;   v1 = i64.extend_i32_u v0
;;   v2 = i64.extend8_s p1:i64
;;   v3 = i64.extend_i32_s p0:i32
;;   v4 = i64.add v2, v3
;;   v5 = i64.add v1, v4
;;   return v5
;; Code
;; b0:
;;   0000  40 0f b6 c7                    movzx eax, dil
;;   0004  48 0f be ce                    movsx rcx, sil
;;   0008  48 63 d7                       movsxd rdx, edi
;;   000b  48 01 d1                       add rcx, rdx
;;   000e  48 01 c8                       add rax, rcx
;;   0011  c3                             ret
