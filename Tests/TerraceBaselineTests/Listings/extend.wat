;; An i32 in a register is zero-extended always, so that i64.extend_i32_u of one costs nothing; the others are one move.
(module
  (func (param i32 i64) (result i64)
    local.get 0
    i32.const 3
    i32.mul
    i64.extend_i32_u
    local.get 0
    i64.extend_i32_s
    i64.add
    local.get 1
    i32.wrap_i64
    i64.extend_i32_u
    i64.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1e 00 00 00               jb +0x35
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.const 3
;;   i32.mul
;;     | 0020  41 6b fa 03                     imul edi, r10d, 3
;;   i64.extend_i32_u
;;   local.get 0
;;   i64.extend_i32_s
;;     | 0024  49 63 f2                        movsxd rsi, r10d
;;   i64.add
;;     | 0027  48 01 f7                        add rdi, rsi
;;   local.get 1
;;   i32.wrap_i64
;;     | 002a  44 89 ce                        mov esi, r9d
;;   i64.extend_i32_u
;;   i64.add
;;     | 002d  48 01 f7                        add rdi, rsi
;;   end
;;     | 0030  48 89 f8                        mov rax, rdi
;;     | 0033  c9                              leave
;;     | 0034  c3                              ret
;;   behind the function
;;     | 0035  0f 0b                           ud2
