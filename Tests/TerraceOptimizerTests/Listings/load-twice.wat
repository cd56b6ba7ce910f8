;; The second load finds what the first one loaded; behind a store to another place it has to look.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 0)))
    (i32.store (local.get 1) (i32.const 7))
    (i32.add (i32.load (local.get 0)))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p0:i32+0]
;;   v1 = i32.add v0, v0
;;   i32.store mem[p1:i32+0], 7
;;   v2 = i32.load mem[p0:i32+0]
;;   v3 = i32.add v1, v2
;;   return v3
;; Code
;; b0:
;;   0000  41 8b 04 3f                    mov eax, [r15 + rdi]
;;   0004  01 c0                          add eax, eax
;;   0006  41 c7 04 37 07 00 00 00        mov dword ptr [r15 + rsi], 7
;;   000e  41 03 04 3f                    add eax, [r15 + rdi]
;;   0012  c3                             ret
