;; A global that is read twice and written.
(module
  (global $g (mut i32) (i32.const 0))
  (global $k i64 (i64.const 77))
  (func $f (param i32) (result i64)
    (global.set $g (i32.add (global.get $g) (local.get 0)))
    (i64.add (i64.extend_i32_u (global.get $g)) (global.get $k))))

;; Graph
;; b0:
;;   v0 = global.get 0: i32
;;   v1 = i32.add p0:i32, v0
;;   global.set 0, v1
;;   v2 = i64.extend_i32_u v1
;;   v3 = global.get 1: i64
;;   v4 = i64.add v2, v3
;;   return v4
;; Code
;; b0:
;;   0000  89 f8                          mov eax, edi
;;   0002  41 03 46 40                    add eax, [r14 + 64]
;;   0006  41 89 46 40                    mov [r14 + 64], eax
;;   000a  49 03 46 50                    add rax, [r14 + 80]
;;   000e  c3                             ret
