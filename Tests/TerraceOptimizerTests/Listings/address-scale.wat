;; An index into a table of words.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.load offset=1024 (i32.shl (i32.and (local.get 0) (i32.const 1023)) (i32.const 2)))))

;; Graph
;; b0:
;;   v0 = i32.and p0:i32, 1023
;;   v1 = i32.shl v0, 2
;;   v2 = i32.load mem[v1+1024]
;;   return v2
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  81 e7 ff 03 00 00              and edi, 1023
;;   000c  41 8b 84 bf 00 04 00 00        mov eax, [r15 + rdi*4 + 0x400]
;;   0014  c9                             leave
;;   0015  c3                             ret
